"""Drivers of MidoNet that Neutron's agents load by the names they have had since 2015."""
