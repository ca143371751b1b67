"""Loaded by Python at start: takes away the ten seconds that tempest 33 of Debian sleeps before each DELETE of a subnet."""
import time
import types

try:
    from tempest.lib.services.network import subnets_client

    subnets_client.time = types.SimpleNamespace(sleep=lambda seconds: None, time=time.time)
except ImportError:
    pass
