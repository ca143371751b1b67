"""Machines that talk: each talker is a process in a machine's network namespace and tells once a second how it goes."""
import json
import os
import socket
import subprocess
import sys
import threading
import time

ECHO, SINK, SHORT = 7, 9, 80
started = []


class Talker:
    """One of the ways to talk below, from a machine to an address."""

    def __init__(self, name, machine, way, address):
        self.name, self.last = name, {}
        self.process = start(machine, way, address)
        threading.Thread(target=self.follow, daemon=True).start()

    def follow(self):
        for line in self.process.stdout:
            self.last = json.loads(line)

    def latest(self):
        """Good and bad exchanges, seconds since the last good one, and the longest such time."""
        return self.last


def start(machine, *arguments):
    process = subprocess.Popen(["ip", "netns", "exec", machine, sys.executable, os.path.realpath(__file__), *arguments], stdout=subprocess.PIPE)
    started.append(process)
    return process


def serve(machine):
    start(machine, "serve")


def stop_all():
    for process in started:
        process.kill()
        process.wait()
    started.clear()


class Count:
    """What a talker tells."""

    def __init__(self):
        self.good_count = self.bad_count = 0
        self.longest, self.last = 0.0, time.monotonic()
        threading.Thread(target=self.tell, daemon=True).start()

    def good(self):
        now = time.monotonic()
        self.longest, self.last = max(self.longest, now - self.last), now
        self.good_count += 1

    def bad(self):
        self.bad_count += 1

    def tell(self):
        while True:
            quiet = time.monotonic() - self.last
            print(json.dumps({"good": self.good_count, "bad": self.bad_count, "quiet": quiet, "longest": max(quiet, self.longest)}), flush=True)
            time.sleep(1)


def connected(count, address, port):
    """A connection, tried until there is one."""
    while True:
        try:
            s = socket.create_connection((address, port), 5)
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return s
        except OSError:
            count.bad()
            time.sleep(0.5)


def lasting(count, address):
    """One connection that must last: ten exchanges a second. The first one may have to be tried for."""
    s = connected(count, address, ECHO)
    count.bad_count = 0
    s.settimeout(None)
    while True:
        s.sendall(b"x")
        if not s.recv(1):
            raise OSError("closed")
        count.good()
        time.sleep(0.1)


def bulk(count, address):
    """As much as half of the time gives."""
    s = connected(count, address, SINK)
    s.settimeout(None)
    while True:
        begun = time.monotonic()
        s.sendall(bytes(1 << 18))
        count.good()
        time.sleep(min(0.2, 10 * (time.monotonic() - begun)))


def short(count, address):
    while True:
        try:
            with socket.create_connection((address, SHORT), 3) as s:
                s.sendall(b"x")
                count.good() if s.recv(1) else count.bad()
        except OSError:
            count.bad()
        time.sleep(0.02)


def udp(count, address):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.settimeout(1)
    while True:
        try:
            s.sendto(b"x", (address, ECHO))
            s.recv(10)
            count.good()
        except OSError:
            count.bad()
        time.sleep(0.05)


def ping(count, address):
    while True:
        done = subprocess.run(["ping", "-n", "-c", "1", "-W", "1", address], stdout=subprocess.DEVNULL)
        count.bad() if done.returncode else count.good()
        time.sleep(0.2)


def serve_all():
    def tcp(port, handle):
        server = socket.create_server(("", port), backlog=128)
        while True:
            client, _ = server.accept()
            threading.Thread(target=handle, args=(client,), daemon=True).start()

    def echo(client):
        with client:
            while data := client.recv(65536):
                client.sendall(data)

    def sink(client):
        with client:
            while client.recv(1 << 20):
                pass

    for port, handle in ((ECHO, echo), (SINK, sink), (SHORT, echo)):
        threading.Thread(target=tcp, args=(port, handle), daemon=True).start()
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("", ECHO))
    while True:
        data, peer = s.recvfrom(65536)
        s.sendto(data, peer)


def main():
    if sys.argv[1] == "serve":
        serve_all()
    ways = {"lasting": lasting, "bulk": bulk, "short": short, "udp": udp, "ping": ping}
    count = Count()
    try:
        ways[sys.argv[1]](count, sys.argv[2])
    except OSError:
        count.bad()
        while True:  # and is quiet from now on
            time.sleep(60)


if __name__ == "__main__":
    main()
