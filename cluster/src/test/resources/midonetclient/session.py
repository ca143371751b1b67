"""An administrator's session with midonet-cli: every kind of object that it knows is created, listed, shown, mostly changed, and
deleted, by the aliases that it gives.

Usage: session.py SOURCES URL, as exercise.py. Prints the session and ends with 0 only if each answer was as wanted.
"""

import json
import os
import pty
import re
import select
import sys
import termios
import urllib.request

PROMPT = "midonet> "
# What it misses in Python 3.
SHIM = ("import builtins, inspect, runpy, sys, urllib, urllib.parse; urllib.urlencode = urllib.parse.urlencode;"
        " inspect.getargspec = inspect.getfullargspec; lazy = map; builtins.map = lambda *all: list(lazy(*all));"
        " sys.path.insert(0, sys.argv[1]); sys.argv = sys.argv[2:]; runpy.run_path(sys.argv[0], run_name='__main__')")

# Each line: a command, then what its answer matches. An empty answer is "^$", and so is that to set, clear and delete.
SESSION = r"""
sett 0123456789abcdef0123456789abcdef                   => tenant_id: 0123456789abcdef0123456789abcdef
list tenant                                             => tenant

create bridge name b1                                   => ^bridge0$
create chain name c1                                    => ^chain0$
create chain name c2                                    => ^chain1$
create qos-policy name q1 description d shared true     => ^qos-policy0$
bridge bridge0 set infilter chain0 outfilter chain1 qos-policy qos-policy0 state down => ^$
bridge bridge0 show                                     => ^bridge bridge0 name b1 state down infilter chain0 outfilter chain1
bridge bridge0 clear infilter                           => ^$
list bridge                                             => (?m)^bridge bridge0 name b1 state down outfilter chain1
bridge bridge0 add port vlan 7                          => ^bridge0:port0$
bridge bridge0 create port                              => ^bridge0:port1$
bridge bridge0 create port                              => ^bridge0:port2$
bridge bridge0 list port                                => port port0 device bridge0 state up plugged no vlan 7
bridge bridge0 port port0 set state down                => ^$
bridge bridge0 port port0 show                          => ^port port0 device bridge0 state down plugged no vlan 7
bridge bridge0 port port0 delete                        => ^$

bridge bridge0 add dhcp subnet 10.0.0.0/24 gw 10.0.0.1 server 10.0.0.2 dns-servers 8.8.8.8,8.8.4.4 interface-mtu 1450 => gw 10.0.0.1
bridge bridge0 list dhcp                                => gw 10.0.0.1 server 10.0.0.2 dns-servers 8.8.8.8,8.8.4.4 subnet 10.0.0.0/24 interface-mtu 1450
bridge bridge0 dhcp subnet 10.0.0.0/24 add host name h1 address 10.0.0.5 mac 02:00:00:00:00:05 => name h1 address 10.0.0.5
bridge bridge0 dhcp subnet 10.0.0.0/24 list host        => name h1 address 10.0.0.5 mac 02:00:00:00:00:05
bridge bridge0 dhcp subnet 10.0.0.0/24 add opt121-routes destination 192.0.2.0/24 gateway 10.0.0.3 => .
bridge bridge0 dhcp subnet 10.0.0.0/24 list opt121-routes => destination 192.0.2.0/24 gateway 10.0.0.3
delete bridge bridge0 dhcp subnet 10.0.0.0/24 host name h1 => ^$
delete bridge bridge0 dhcp subnet 10.0.0.0/24           => ^$
bridge bridge0 list dhcp                                => ^$

create router name r1 asn 64512                         => ^router0$
router router0 add port addresses 10.0.0.1/24 mac 02:00:00:00:00:01 => ^router0:port0$
router router0 list port                                => port port0 device router0 state up plugged no mac 02:00:00:00:00:01 .*10.0.0.1/24
router router0 port port0 set peer bridge0:port1        => ^$
router router0 port port0 show                          => peer bridge0:port1
router router0 port port0 clear peer                    => ^$
router router0 add route type normal src 0.0.0.0/0 dst 0.0.0.0/0 gw 10.0.0.254 port router0:port0 weight 100 => ^router0:route0$
router router0 list route                               => type normal src 0.0.0.0/0 dst 0.0.0.0/0 gw 10.0.0.254 port router0:port0 weight 100
router router0 add route type blackhole src 0.0.0.0/0 dst 192.0.2.0/24 weight 1 => ^router0:route\d$
router router0 route route0 show                        => ^route route0
router router0 route route0 delete                      => ^$
router router0 add bgp-network net 10.0.0.0/24          => ^router0:net0$
router router0 list bgp-network                         => net 10.0.0.0/24
router router0 bgp-network net0 delete                  => ^$
router router0 add bgp-peer asn 64513 address 10.0.0.9  => ^router0:peer0$
router router0 list bgp-peer                            => asn 64513 address 10.0.0.9
router router0 bgp-peer peer0 set hold-time 120         => ^$
router router0 bgp-peer peer0 show                      => hold-time 120
router router0 bgp-peer peer0 delete                    => ^$
router router0 set name r2 local-redirect-chain chain0  => ^$
list router                                             => ^router router0 name r2 state up .*asn 64512 .*local-redirect-chain chain0
router router0 clear local-redirect-chain               => ^$

chain chain0 add rule type accept proto 6 dst-port 80-90 src 10.0.0.0/24 => ^chain0:rule0$
chain chain0 add rule type jump jump-to chain1 pos 2    => ^chain0:rule1$
chain chain0 add rule type dnat action accept target 10.0.0.7:80 dst 192.0.2.7/32 proto 6 pos 3 => ^chain0:rule2$
chain chain0 add rule type rev_snat action return pos 4 => ^chain0:rule3$
chain chain0 list rule                                  => (?s)rule rule0 .*type accept.*rule rule1 .*jump.*rule rule2 .*dnat.*rule rule3 .*rev_snat
chain chain0 rule rule0 show                            => pos 1 type accept
chain chain0 rule rule1 delete                          => ^$
chain chain0 list rule                                  => rule rule2 .*pos 2
list chain                                              => (?m)^chain chain1 name c2

create port-group name g1 stateful true                 => ^pgroup0$
port-group pgroup0 add member port bridge0:port1        => .
port-group pgroup0 list member                          => port-group pgroup0 port bridge0:port1
list port-group                                         => ^pgroup pgroup0 name g1 stateful true
create ip-address-group name g2                         => ^ipg0$
ip-address-group ipg0 add ip address 192.0.2.1          => .
ip-address-group ipg0 add ipv6 address 2001:db8::1      => .
ip-address-group ipg0 list ip                           => (?s)address 192.0.2.1.*address 2001:db8::1

qos-policy qos-policy0 add bw-limit-rule max-kbps 1000 max-burst-kb 100 => ^qos-policy0:qos-bw-limit-rule0$
qos-policy qos-policy0 list bw-limit-rule               => max-kbps 1000 max-burst-kb 100
qos-policy qos-policy0 add dscp-rule dscp-mark 26       => ^qos-policy0:qos-dscp-rule0$
qos-policy qos-policy0 dscp-rule qos-dscp-rule0 set dscp-mark 28 => ^$
qos-policy qos-policy0 list dscp-rule                   => dscp-mark 28
qos-policy qos-policy0 set name q2                      => ^$
list qos-policy                                         => ^qos-policy qos-policy0 name q2 description d shared true

create load-balancer                                    => ^lb0$
router router0 set load-balancer lb0                    => ^$
load-balancer lb0 show                                  => ^lb lb0 router router0 state up
load-balancer lb0 create pool lb-method ROUND_ROBIN     => ^lb0:pool0$
load-balancer lb0 pool pool0 create member address 10.0.0.5 protocol-port 80 weight 2 => ^lb0:pool0:pm0$
load-balancer lb0 pool pool0 list member                => address 10.0.0.5 protocol-port 80 weight 2 state up
load-balancer lb0 pool pool0 member pm0 set weight 3    => ^$
load-balancer lb0 pool pool0 member pm0 show            => weight 3
load-balancer lb0 pool pool0 create vip address 10.0.0.9 protocol-port 80 persistence SOURCE_IP => ^lb0:pool0:vip0$
load-balancer lb0 list vip                              => load-balancer lb0 address 10.0.0.9 protocol-port 80 persistence SOURCE_IP state up
create health-monitor type TCP delay 1 timeout 2 max-retries 3 => ^hm0$
load-balancer lb0 pool pool0 set health-monitor hm0     => ^$
load-balancer lb0 list pool                             => ^pool pool0 .*health-monitor hm0
load-balancer lb0 pool pool0 vip vip0 delete            => ^$
load-balancer lb0 pool pool0 member pm0 delete          => ^$
health-monitor hm0 list pool                            => pool
load-balancer lb0 pool pool0 clear health-monitor       => ^$
load-balancer lb0 pool pool0 delete                     => ^$
health-monitor hm0 set delay 5                          => ^$
list health-monitor                                     => ^hm hm0 delay 5 timeout 2 max-retries 3
health-monitor hm0 delete                               => ^$
router router0 clear load-balancer                      => ^$
load-balancer lb0 delete                                => ^$
list load-balancer                                      => ^$

list host                                               => ^host host0 name h1 alive false flooding-proxy-weight 1
create tunnel-zone name z1 type vxlan                   => ^tzone0$
tunnel-zone tzone0 add member host host0 address 192.0.2.10 => .
tunnel-zone tzone0 list member                          => zone tzone0 host host0 address 192.0.2.10
tunnel-zone tzone0 set name z2                          => ^$
list tunnel-zone                                        => ^tzone tzone0 name z2 type vxlan
host host0 set container-weight 3                       => ^$
host host0 show                                         => container-weight 3
host host0 add binding interface eth0 port bridge0:port1 => .
host host0 list binding                                 => host host0 interface eth0 port bridge0:port1
host host0 list interface                               => ^$
delete host host0 binding interface eth0                => ^$
delete tunnel-zone tzone0 member host host0             => ^$
tunnel-zone tzone0 delete                               => ^$

create mirror to-port bridge0:port1                     => ^mirror0$
bridge bridge0 set in-mirrors mirror0                   => ^$
list mirror                                             => ^mirror mirror0 to-port bridge0:port1
bridge bridge0 clear in-mirrors                         => ^$
mirror mirror0 delete                                   => ^$
create l2insertion port bridge0:port1 srv-port bridge0:port2 mac 02:00:00:00:00:06 vlan 3 pos 1 fail-open true => ^l2insertion0$
list l2insertion                                        => vlan 3 pos 1 fail-open true mac 02:00:00:00:00:06
l2insertion l2insertion0 delete                         => ^$
create tracerequest name t1 bridge bridge0 enabled false proto 6 => ^tr0$
list tracerequest                                       => ^tr tr0 .*name t1 bridge bridge0
tracerequest tr0 set enabled true                       => ^$
tracerequest tr0 show                                   => enabled true
tracerequest tr0 delete                                 => ^$
create vtep management-ip 192.0.2.1 management-port 6632 => ^vtep0$
vtep vtep0 add binding physical-port swp1 vlan 10 network-id 00000002-0000-4000-8000-000000000000 => .
vtep vtep0 list binding                                 => physical-port swp1 vlan 10
vtep vtep0 list port                                    => ^$
delete vtep vtep0 binding vlan 10                       => ^$
list vtep                                               => management-ip 192.0.2.1 management-port 6632 connection-state disconnected
vtep vtep0 delete                                       => ^$
create container-group policy least                     => ^cgroup0$
create container container-group cgroup0 type QUAGGA    => ^container0$
list container                                          => ^container container0 container-group cgroup0 type QUAGGA
container container0 delete                             => ^$
list container-group                                    => ^cgroup cgroup0 policy least
container-group cgroup0 delete                          => ^$

list port                                               => device router0
bridge bridge0 clear qos-policy                         => ^$
qos-policy qos-policy0 bw-limit-rule qos-bw-limit-rule0 delete => ^$
qos-policy qos-policy0 delete                           => ^$
ip-address-group ipg0 delete                            => ^$
delete port-group pgroup0 member port bridge0:port1      => ^$
port-group pgroup0 delete                               => ^$
router router0 port port0 delete                        => ^$
router router0 delete                                   => ^$
bridge bridge0 delete                                   => ^$
chain chain0 delete                                     => ^$
chain chain1 delete                                     => ^$
cleart                                                  => tenant_id: None
list bridge                                             => ^bridge bridge1 name wire state up$
list router                                             => ^$
list port                                               => ^$
list chain                                              => ^$
"""


class Cli:
    """midonet-cli at a terminal, which it wants before it gives aliases."""

    def __init__(self, sources, url):
        pid, self._terminal = pty.fork()
        if pid == 0:
            os.environ["TERM"] = "dumb"
            os.execv(sys.executable, [sys.executable, "-W", "ignore", "-c", SHIM, sources, sources + "/bin/midonet-cli",
                                      "--midonet-url", url, "-A"])
        settings = termios.tcgetattr(self._terminal)
        settings[1] &= ~termios.OPOST
        termios.tcsetattr(self._terminal, termios.TCSANOW, settings)
        self._read()

    def ask(self, line):
        os.write(self._terminal, line.encode() + b"\n")
        return self._read().split("\n", 1)[-1].strip()  # the first line is the echo

    def _read(self):
        text = ""
        while not text.endswith(PROMPT):
            if not select.select([self._terminal], [], [], 30)[0]:
                raise TimeoutError("midonet-cli says no more than: " + text)
            try:
                text += os.read(self._terminal, 65536).decode()
            except OSError:
                raise EOFError("midonet-cli ended after: " + text)
        return text[:-len(PROMPT)].replace("\r", "")


def prepare(url):
    """Makes what the command line cannot: a host, and a bridge whose id is known."""
    for path, name, number in (("hosts", "h1", 1), ("bridges", "wire", 2)):
        body = {"id": "%08d-0000-4000-8000-000000000000" % number, "name": name, "adminStateUp": True}
        request = urllib.request.Request(url + "/" + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(request).close()


def main(sources, url):
    prepare(url)
    cli = Cli(sources, url)
    failed = 0
    for line in SESSION.strip().splitlines():
        if not line:
            continue
        command, wanted = (part.strip() for part in line.split("=>"))
        answer = cli.ask(command)
        ok = re.search(wanted, answer)
        print("%-4s %s\n     %s" % ("ok" if ok else "FAIL", command, answer.replace("\n", "\n     ")))
        if not ok:
            failed += 1
            print("     wanted: " + wanted)
    print("%d failed" % failed)
    return 1 if failed else 0


sys.exit(main(*sys.argv[1:]))
