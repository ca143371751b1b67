"""A DHCP driver without a DHCP server: MidoNet answers DHCP itself, the agent is there for its metadata proxy."""

from neutron.agent.linux import dhcp


class DhcpNoOpDriver(dhcp.DhcpLocalProcess):
    """Gives each network a port and a namespace on the agent's host, in which the agent runs its metadata proxy.

    The port's address is where MidoNet of 2015 sends machines that ask for 169.254.169.254.
    """

    @classmethod
    def existing_dhcp_networks(cls, conf):
        """Those of an earlier run, so that what was deleted in the meantime is cleaned up."""
        return dhcp.Dnsmasq.existing_dhcp_networks(conf)

    @classmethod
    def check_version(cls):
        return 1.0

    @classmethod
    def should_enable_metadata(cls, conf, network):
        """For every network, whatever the configuration says: it is what this agent is for."""
        return True

    @classmethod
    def get_isolated_subnets(cls, network):
        return dhcp.Dnsmasq.get_isolated_subnets(network)

    @staticmethod
    def has_metadata_subnet(subnets):
        return dhcp.Dnsmasq.has_metadata_subnet(subnets)

    @property
    def active(self):
        return False  # there is no process

    def spawn_process(self):
        pass

    def reload_allocations(self):
        pass

    def disable(self, retain_port=False, block=False, **options):
        """Removes the device and its namespace, unless the port is to stay."""
        if not retain_port:
            self._destroy_namespace_and_port()
            self._remove_config_files()
