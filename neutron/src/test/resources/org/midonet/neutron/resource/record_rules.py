#!/usr/bin/python3
"""Records what neutron-lib's validators and converters make of a table of values.

Run with neutron-lib and neutron 21 installed (Debian: neutron-server); refreshes rules.json:

    /usr/bin/python3 record_rules.py > rules.json
"""
import copy
import json

from oslo_config import cfg

from neutron.extensions import securitygroup
from neutron_lib import exceptions
from neutron_lib.api import converters
from neutron_lib.api import validators
from neutron_lib.api.definitions import allowedaddresspairs  # noqa: F401 registers its validator
from neutron_lib.api.definitions import extra_dhcp_opt
from neutron_lib.api.validators import availability_zone
from neutron_lib.api.validators import dns
from webob import exc

cfg.CONF.register_opts([
    cfg.IntOpt('max_allowed_address_pair', default=3),
    cfg.StrOpt('dns_domain', default='example.org'),
    cfg.BoolOpt('sg_filter_ethertypes', default=False),
])

U1 = '11111111-2222-3333-4444-555555555555'
U2 = 'A1111111-2222-3333-4444-55555555555F'
VALUES = [
    None, True, False, 0, 1, -1, 4, 255, 256, 65536, 2 ** 63, -2 ** 70, 2 ** 140, 0.0, 1.0, 1.5, -0.5, 4.0, 1e16, 1e-5, 1.25e22,
    123456789.125, '', ' ', '\n', '1', ' 7 ', '+5', '-5', '1_0', '_1', '1__0', '0x10', '1.0', '\u0667', 'abc', 'it\'s', 'a"b\'c',
    'two\nlines', 'line\n', 'a\u2028b', 'x' * 20, '\u00e9\U0001f600', 'True', ' yes ', 'OFF', 't', 'maybe', 'default', 'Default',
    U1, U2, U1.replace('-', ''), '{' + U1 + '}', 'urn:uuid:' + U1, U1[:-1], U1[:-1] + 'g', 'prefix_delegation',
    '10.0.0.1', '010.0.0.1', '10.0.0', '10.0.0.256', '10.0.0.1 ', '+1.2.3.4', '1.2.3.4.5', '::1', 'FE80::0:1', '::ffff:1.2.3.4', 'fe80::1%eth0',
    ':::', '10.0.0.0/8', '10.0.0.1/8', '10/8', '10.0.0.0', '10.0.0.0/33', '10.0.0.0/255.0.0.0', '10.0.0.0/08', '/', '2001:db8::/32',
    '2001:DB8:0::1/32', '127.0.0.0/8', '127.0.0.0/7', '::1/128', '::/0', '0.0.0.0/0', 'fa:16:3e:00:00:01', 'FA-16-3E-00-00-01',
    'fa163e000001', 'fa16.3e00.0001', '00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff', 'fa:16:3e:00:00', 'fa:16:3e:00:00:01\n',
    '80:90', '90:80', '80:', '1:2:3', '70000', 'tcp', 'TCP', 'icmpv6', 'ipv6-icmp', 'vrrp', 'ipv4', 'IPV6', 'ip',
    'host', 'Host', 'a.b.', '-a', 'a..b', 'x' * 64, 'a.1', 'host.example.org.', 'example.org.', '<project_id>.x.', ('x' * 60 + '.') * 4 + 'xxxxx',
    ('x' * 60 + '.') * 4 + 'xxxxxxxxx.', ('x' * 60 + '.') * 5,
    [], [1, 1.0, True], ['a', 'a', 'b', 'b'], ['a', 'b'], [None], [U1, U2], [U1, U1], [U1, 'x'], ['10.0.0.1', '::1'], ['10.0.0.1', '10.0.0.1'],
    ['10.0.0.0/8', '10.0.0.1'], ['8.8.8.8', 'x'], [['a']], [{}], ['compute:nova', 'network:dhcp'], ['foo'], ['x' * 90, 'y' * 90, 'z' * 90],
    {}, {'a': None, 'b': [True, 'x']}, {'start': '10.0.0.1', 'end': '10.0.0.2'}, {'network_id': U1}, {'network_id': 'x'},
    {'network_id': U1, 'enable_snat': 'yes'}, {'network_id': U1, 'enable_snat': 'x'}, {'network_id': U1, 'foo': 1, 'bar': 2},
    {'enable_snat': True}, {'network_id': U1, 'external_fixed_ips': [{'ip_address': 'x'}]},
    [{'start': '10.0.0.1', 'end': '10.0.0.2'}], [{'start': '10.0.0.1'}], [{'start': 'x', 'end': '10.0.0.2'}], [{'start': '10.0.0.1', 'end': None}],
    [{'ip_address': '10.0.0.1', 'subnet_id': U1}], [{'ip_address': '10.0.0.1'}, {'ip_address': '10.0.0.1'}], [{'subnet_id': 'x'}],
    [{'ip_address': 'x'}],
    [{'destination': '10.0.0.0/8', 'nexthop': '10.0.0.1'}], [{'destination': '10.0.0.0/8', 'nexthop': 'x'}],
    [{'destination': '10.0.0.1/8', 'nexthop': '10.0.0.1'}],
    [{'destination': '10.0.0.0/8', 'nexthop': '10.0.0.1'}, {'nexthop': '10.0.0.1', 'destination': '10.0.0.0/8'}],
    [{'destination': '10.0.0.0/8', 'nexthop': '10.0.0.1', 'metric': 1}],
    [{'ip_address': '10.0.0.0/8', 'mac_address': 'fa:16:3e:00:00:01'}, {'ip_address': '10.0.0.1'}], [{'mac_address': 'fa:16:3e:00:00:01'}],
    [{'ip_address': '10.0.0.1'}, {'ip_address': '10.0.0.1'}, {'ip_address': '10.0.0.2'}],
    [{'ip_address': '10.0.0.1'}, {'ip_address': '10.0.0.2'}, {'ip_address': '10.0.0.3'}, {'ip_address': '10.0.0.4'}],
    [{'ip_address': '10.0.0.1', 'x': 1}], [{'ip_address': '10.0.0.300'}], [{'ip_address': '10.0.0.1', 'mac_address': None}],
    [{'opt_name': 'router', 'opt_value': ''}], [{'opt_name': 'x', 'opt_value': ''}], [{'opt_name': 'x', 'opt_value': 'y', 'ip_version': '6'}],
    [{'opt_name': 'x', 'opt_value': 'y', 'ip_version': 5}], [{'opt_name': 'x', 'opt_value': 'y', 'ip_version': 'v6'}],
    [{'opt_name': 'x', 'opt_value': None}], [{'opt_name': 'x'}], [{'opt_name': 'x', 'opt_value': 'y\nz'}],
]

GATEWAY = {
    'network_id': {'type:uuid': None, 'required': True},
    'external_fixed_ips': {'type:fixed_ips': None, 'required': False},
    'enable_snat': {'type:boolean': None, 'required': False, 'convert_to': converters.convert_to_boolean},
}


def rule(name, param=None):
    return lambda value: validators.get_validator(name)(value, param)


VALIDATORS = {
    'string': rule('string'),
    'string 10': rule('string', 10),
    'string_or_none 10': rule('string_or_none', 10),
    'not_empty_string 10': rule('not_empty_string', 10),
    'oneline_not_empty_string 30': rule('oneline_not_empty_string', 30),
    'name_not_default 10': rule('name_not_default', 10),
    'boolean': rule('boolean'),
    'integer': rule('integer'),
    'range 0 255': rule('range', [0, 255]),
    'range 0 -': rule('range', [0, None]),
    'non_negative': rule('non_negative'),
    'values 4 6': rule('values', [4, 6]),
    'regex': rule('regex', '^[a-z]+$'),
    'uuid': rule('uuid'),
    'subnetpool_id_or_none': rule('subnetpool_id_or_none'),
    'port_range': rule('port_range'),
    'ethertype': rule('ethertype'),
    'mac_address': rule('mac_address'),
    'ip_address': rule('ip_address'),
    'subnet': rule('subnet'),
    'ip_or_subnet_or_none': rule('ip_or_subnet_or_none'),
    'route_cidr': validators.validate_route_cidr,
    'uuid_list': rule('uuid_list'),
    'uuid_list_non_empty': rule('uuid_list_non_empty'),
    'list_of_unique_strings 10': rule('list_of_unique_strings', 10),
    'subnet_list': rule('subnet_list'),
    'ip_pools': rule('ip_pools'),
    'fixed_ips': rule('fixed_ips'),
    'nameservers': rule('nameservers'),
    'hostroutes': rule('hostroutes'),
    'subnet_service_types': rule('list_of_subnet_service_types'),
    'availability_zone_hints': rule('availability_zone_hint_list'),
    'allowed_address_pairs 3': rule('allowed_address_pairs'),
    'extra_dhcp_opts': rule('list_of_any_key_specs_or_none', extra_dhcp_opt.EXTRA_DHCP_OPT_KEY_SPECS),
    'dict': rule('dict'),
    'external_gateway_info': rule('dict_or_nodata', GATEWAY),
    'dns_name example.org': dns.validate_dns_name,
    'fip_dns_name': dns.validate_fip_dns_name,
    'dns_domain': dns.validate_dns_domain,
}

CONVERTERS = {
    'boolean': converters.convert_to_boolean,
    'int': converters.convert_to_int,
    'list': converters.convert_to_list,
    'lower': converters.convert_string_to_case_insensitive,
    'text': converters.convert_to_string,
    'uppercase_ip': converters.convert_uppercase_ip,
    'ip': converters.convert_ip_to_canonical_format,
    'cidr': converters.convert_cidr_to_canonical_format,
    'mac': converters.convert_to_sanitized_mac_address,
    'protocol': converters.convert_to_protocol,
    'sg_protocol': securitygroup.convert_protocol,
    'sg_ethertype': securitygroup.convert_ethertype_to_case_insensitive,
    'sg_port': securitygroup.convert_validate_port_value,
    'sg_prefix': securitygroup.convert_ip_prefix_to_cidr,
}


def outcome(function, value):
    try:
        return [function(copy.deepcopy(value))]
    except exc.HTTPBadRequest as e:
        return {'HTTPBadRequest': e.detail}
    except exceptions.NeutronException as e:
        return {type(e).__name__: str(e)}
    except Exception:
        # A fault of the reference, which it would answer with 500.
        return None


if __name__ == '__main__':
    assert availability_zone and dns
    lines = ['"values": [\n%s\n]' % ',\n'.join(json.dumps(v) for v in VALUES)]
    for kind, table in (('validators', VALIDATORS), ('converters', CONVERTERS)):
        rows = []
        for name, function in table.items():
            cells = [json.dumps(outcome(function, v)) for v in VALUES]
            rows.append('"%s": [\n%s\n]' % (name, ',\n'.join(cells)))
        lines.append('"%s": {\n%s\n}' % (kind, ',\n'.join(rows)))
    print('{\n%s\n}' % ',\n'.join(lines))
