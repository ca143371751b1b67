"""The interface driver "midonet": plugs what an agent serves into a network of MidoNet."""

from neutron.agent.linux import interface
from neutron.agent.linux import ip_lib
from neutron.agent.linux import utils
from oslo_log import log as logging

LOG = logging.getLogger(__name__)

TAP = "tap"


class MidonetInterfaceDriver(interface.LinuxInterfaceDriver):
    """Connects an agent's namespace by a veth pair, whose end on the host mm-ctl binds to the port."""

    def plug_new(self, network_id, port_id, device_name, mac_address, bridge=None, namespace=None, prefix=None,
                 mtu=None, link_up=True):
        """Makes the device and binds the port, or leaves nothing behind: a device that is there is never bound again."""
        outside, inside = ip_lib.IPWrapper().add_veth(
            self._outside(device_name, prefix), device_name, namespace2=namespace)
        try:
            inside.link.set_address(mac_address)
            self._size(mtu, port_id, outside, inside)
            if hasattr(outside, "disable_ipv6"):
                outside.disable_ipv6()  # the host has nothing to say on this network
            outside.link.set_up()
            if link_up:
                inside.link.set_up()
            utils.execute(["mm-ctl", "--bind-port", port_id, outside.name], run_as_root=True)
        except Exception:
            self._delete(outside)
            raise

    def unplug(self, device_name, bridge=None, namespace=None, prefix=None):
        """Removes the device, and the namespace if nothing else is in it. The port is the agent's to delete."""
        self._delete(ip_lib.IPDevice(device_name, namespace=namespace))
        ip_lib.IPWrapper(namespace=namespace).garbage_collect_namespace()

    def set_mtu(self, device_name, mtu, namespace=None, prefix=None):
        """Changes the MTU of both ends when that of the network has changed."""
        for device in (ip_lib.IPDevice(self._outside(device_name, prefix)),
                       ip_lib.IPDevice(device_name, namespace=namespace)):
            device.link.set_mtu(mtu)

    def _outside(self, device_name, prefix):
        return device_name.replace(prefix or self.DEV_NAME_PREFIX, TAP, 1)

    @staticmethod
    def _size(mtu, port_id, *devices):
        if not mtu:
            LOG.warning("Port %s has no MTU, the device keeps its own", port_id)
            return
        for device in devices:
            device.link.set_mtu(mtu)

    @staticmethod
    def _delete(device):
        try:
            device.link.delete()
        except RuntimeError:
            LOG.warning("Interface %s could not be deleted", device.name, exc_info=True)
