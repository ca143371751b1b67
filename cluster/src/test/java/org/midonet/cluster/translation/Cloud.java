package org.midonet.cluster.translation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * A cloud that lives by chance: each step does one of the things that Neutron lets its users do,
 * and tells MidoNet as Neutron does. It knows what Neutron's database would know. For one thread.
 */
final class Cloud {
  private static final int SUBNETS = 4;

  private record Net(UUID id, int number, boolean external) {
    UUID subnet(int index) {
      return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ (index + 1));
    }

    String prefix(int index) {
      return (external ? "20%d.%d.0" : "10.%d.%d").formatted(number, index);
    }
  }

  private record Vm(UUID id, Net net, int subnet, String address) {}

  private record Join(UUID port, UUID router, Net net, int subnet) {}

  private record Gateway(UUID port, UUID router, Net net) {}

  private record Fip(UUID id, UUID router, Net net, Vm vm) {}

  final Neutron neutron = new Neutron(TranslationSettings.BUILT_IN);
  private final Services services;
  final List<UUID> everyNetwork = new ArrayList<>();
  private final Random random;
  private final List<Net> nets = new ArrayList<>();
  private final List<UUID> routers = new ArrayList<>();
  private final List<UUID> groups = new ArrayList<>();
  private final List<UUID> groupRules = new ArrayList<>();
  private final List<Vm> vms = new ArrayList<>();
  private final List<UUID> dhcpPorts = new ArrayList<>();
  private final List<Join> joins = new ArrayList<>();
  private final List<Gateway> gateways = new ArrayList<>();
  private final List<Fip> fips = new ArrayList<>();
  private final Map<String, Integer> taken = new HashMap<>();

  Cloud(long seed) {
    this.random = new Random(seed);
    this.services = new Services(neutron, random);
    for (int i = 0; i < 3; i++) {
      network(false);
      router();
      group();
    }
    network(true);
  }

  void live() {
    switch (random.nextInt(18)) {
      case 0 -> {
        if (nets.size() < 8) {
          network(random.nextInt(4) == 0);
        }
      }
      case 1 -> router();
      case 2 -> group();
      case 3 -> groupRule();
      case 4, 5 -> vm();
      case 6 -> updateVm();
      case 7 -> deleteVm();
      case 8 -> join();
      case 9 -> leave();
      case 10 -> gateway();
      case 11 -> updateRouter();
      case 12 -> floatingIp();
      case 13 -> deleteFloatingIp();
      case 14 -> dhcpPort();
      case 15 -> services.firewall(routers);
      case 16 -> {
        Net net = any(nets);
        int subnet = random.nextInt(SUBNETS);
        services.loadBalancer(any(routers), net.subnet(subnet), free(net, subnet));
      }
      default -> updateSubnet();
    }
  }

  void die() {
    services.die();
    List.copyOf(fips).forEach(fip -> neutron.delete(ObjectType.FLOATING_IP, fip.id()));
    fips.clear();
    shuffled(joins).forEach(this::leave);
    List.copyOf(vms).forEach(vm -> neutron.delete(ObjectType.NEUTRON_PORT, vm.id()));
    // The others go with their networks, and Neutron does not say so.
    shuffled(dhcpPorts)
        .subList(0, dhcpPorts.size() / 2)
        .forEach(port -> neutron.delete(ObjectType.NEUTRON_PORT, port));
    gateways.forEach(gateway -> neutron.delete(ObjectType.NEUTRON_PORT, gateway.port()));
    shuffled(routers).forEach(id -> neutron.delete(ObjectType.NEUTRON_ROUTER, id));
    for (Net net : nets) {
      for (int i = 0; i < SUBNETS; i++) {
        neutron.delete(ObjectType.NEUTRON_SUBNET, net.subnet(i));
      }
      neutron.delete(ObjectType.NEUTRON_NETWORK, net.id());
    }
    shuffled(groupRules)
        .subList(0, groupRules.size() / 2)
        .forEach(id -> neutron.delete(ObjectType.SECURITY_GROUP_RULE, id));
    shuffled(groups).forEach(id -> neutron.delete(ObjectType.SECURITY_GROUP, id));
  }

  /** Random as Neutron's: ids that follow from several others must not meet. */
  private UUID next() {
    return Chance.of(random).id();
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private <T> List<T> shuffled(List<T> list) {
    List<T> copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy;
  }

  /** An address that no port ever had, as if Neutron gave them out in turn. */
  private String free(Net net, int subnet) {
    String prefix = net.prefix(subnet);
    return prefix + "." + taken.merge(prefix, 10, (last, ten) -> last + 1);
  }

  private void network(boolean external) {
    Net net = new Net(next(), nets.size() + 1, external);
    nets.add(net);
    everyNetwork.add(net.id());
    create(
        ObjectType.NEUTRON_NETWORK,
        "{'id':'%s','router:external':%s,'admin_state_up':true}".formatted(net.id(), external));
    for (int i = 0; i < SUBNETS; i++) {
      create(ObjectType.NEUTRON_SUBNET, subnet(net, i, 1));
    }
  }

  private String subnet(Net net, int index, int gateway) {
    return "{'id':'%s','network_id':'%s','cidr':'%s.0/24','gateway_ip':'%s.%d','enable_dhcp':true}"
        .formatted(net.subnet(index), net.id(), net.prefix(index), net.prefix(index), gateway);
  }

  /** Only that of an external network may get another gateway: it is no router of ours. */
  private void updateSubnet() {
    Net net = any(nets);
    int gateway = net.external() && random.nextBoolean() ? 254 : 1;
    neutron.update(ObjectType.NEUTRON_SUBNET, subnet(net, random.nextInt(SUBNETS), gateway));
  }

  private void router() {
    if (routers.size() < 10) {
      routers.add(next());
      create(ObjectType.NEUTRON_ROUTER, "{'id':'%s'}".formatted(routers.getLast()));
    }
  }

  private void group() {
    if (groups.size() < 10) {
      UUID id = next();
      groups.add(id);
      UUID rule = next();
      groupRules.add(rule);
      create(
          ObjectType.SECURITY_GROUP,
          "{'id':'%s','security_group_rules':[{'id':'%s','direction':'ingress','remote_group_id':'%s'}]}"
              .formatted(id, rule, id));
    }
  }

  private void groupRule() {
    UUID rule = next();
    groupRules.add(rule);
    create(
        ObjectType.SECURITY_GROUP_RULE,
        "{'id':'%s','security_group_id':'%s','direction':'%s','protocol':'tcp','port_range_min':%d,'remote_group_id':'%s'}"
            .formatted(
                rule,
                any(groups),
                random.nextBoolean() ? "ingress" : "egress",
                random.nextInt(1, 1000),
                any(groups)));
  }

  private void vm() {
    Net net = any(nets);
    int subnet = random.nextInt(SUBNETS);
    UUID id = next();
    Vm vm = new Vm(id, net, subnet, free(net, subnet));
    vms.add(vm);
    create(ObjectType.NEUTRON_PORT, document(vm));
  }

  private String document(Vm vm) {
    String in =
        shuffled(groups).stream()
            .limit(random.nextInt(3))
            .map(group -> "'" + group + "'")
            .collect(Collectors.joining(","));
    return Site.portDocument(
        vm.id(),
        vm.net().id(),
        vm.net().subnet(vm.subnet()),
        vm.address(),
        "'security_groups':[%s]".formatted(in),
        "'port_security_enabled':%s".formatted(random.nextInt(5) != 0),
        "'allowed_address_pairs':[{'ip_address':'9.9.9.%d'}]".formatted(random.nextInt(9)));
  }

  /** A port that a floating IP leads to keeps its address, as in Neutron. */
  private void updateVm() {
    if (vms.isEmpty()) {
      return;
    }
    Vm old = any(vms);
    boolean fixed = fips.stream().anyMatch(fip -> fip.vm().id().equals(old.id()));
    String address = fixed || random.nextBoolean() ? old.address() : free(old.net(), old.subnet());
    Vm vm = new Vm(old.id(), old.net(), old.subnet(), address);
    vms.set(vms.indexOf(old), vm);
    neutron.update(ObjectType.NEUTRON_PORT, document(vm));
  }

  /** Its floating IPs lead nowhere afterwards; Neutron may or may not say so. */
  private void deleteVm() {
    if (!vms.isEmpty()) {
      Vm vm = any(vms);
      vms.remove(vm);
      neutron.delete(ObjectType.NEUTRON_PORT, vm.id());
    }
  }

  private void dhcpPort() {
    Net net = any(nets);
    int subnet = random.nextInt(SUBNETS);
    UUID id = next();
    dhcpPorts.add(id);
    create(
        ObjectType.NEUTRON_PORT,
        Site.portDocument(
            id, net.id(), net.subnet(subnet), free(net, subnet), "'device_owner':'network:dhcp'"));
    if (random.nextBoolean()) {
      neutron.delete(ObjectType.NEUTRON_PORT, id);
      dhcpPorts.remove(id);
    }
  }

  private void join() {
    Net net = any(nets);
    int subnet = random.nextInt(SUBNETS);
    boolean taken = joins.stream().anyMatch(it -> it.net().equals(net) && it.subnet() == subnet);
    if (net.external() || taken) {
      return;
    }
    Join join = new Join(next(), any(routers), net, subnet);
    joins.add(join);
    create(
        ObjectType.NEUTRON_PORT,
        Site.portDocument(
            join.port(),
            net.id(),
            net.subnet(subnet),
            net.prefix(subnet) + ".1",
            random.nextInt(4) == 0 ? "'name':'m'" : "'device_owner':'network:router_interface'"));
    create(ObjectType.NEUTRON_ROUTER_INTERFACE, document(join));
  }

  private String document(Join join) {
    return "{'id':'%s','port_id':'%s','subnet_ids':['%s']}"
        .formatted(join.router(), join.port(), join.net().subnet(join.subnet()));
  }

  private void leave() {
    if (!joins.isEmpty()) {
      leave(any(joins));
    }
  }

  /** Neutron keeps an interface that floating IPs need. */
  private void leave(Join join) {
    boolean needed =
        fips.stream()
            .anyMatch(fip ->
                fip.router().equals(join.router())
                    && fip.vm().net().equals(join.net())
                    && fip.vm().subnet() == join.subnet());
    if (needed) {
      return;
    }
    joins.remove(join);
    if (random.nextInt(3) == 0) {
      neutron.update(ObjectType.NEUTRON_ROUTER_INTERFACE, document(join));
      neutron.delete(ObjectType.NEUTRON_PORT, join.port());
    } else {
      neutron.delete(ObjectType.NEUTRON_PORT, join.port());
      neutron.update(ObjectType.NEUTRON_ROUTER_INTERFACE, document(join));
    }
  }

  private void gateway() {
    UUID router = any(routers);
    List<Net> externals = nets.stream().filter(Net::external).toList();
    if (gateways.stream().anyMatch(it -> it.router().equals(router))) {
      return;
    }
    Gateway gateway = new Gateway(next(), router, any(externals));
    gateways.add(gateway);
    create(
        ObjectType.NEUTRON_PORT,
        Site.portDocument(
            gateway.port(),
            gateway.net().id(),
            gateway.net().subnet(0),
            free(gateway.net(), 0),
            "'device_owner':'network:router_gateway'"));
    neutron.update(ObjectType.NEUTRON_ROUTER, document(gateway));
  }

  private String document(Gateway gateway) {
    return "{'id':'%s','gw_port_id':'%s','external_gateway_info':{'network_id':'%s','enable_snat':%s},'routes':[%s]}"
        .formatted(
            gateway.router(),
            gateway.port(),
            gateway.net().id(),
            random.nextBoolean(),
            random.nextBoolean()
                ? "{'destination':'8.0.0.0/8','nexthop':'%s.77'}".formatted(gateway.net().prefix(0))
                : "");
  }

  private void updateRouter() {
    if (gateways.isEmpty()) {
      return;
    }
    Gateway gateway = any(gateways);
    boolean needed = fips.stream().anyMatch(fip -> fip.router().equals(gateway.router()));
    if (needed || random.nextInt(3) != 0) {
      neutron.update(ObjectType.NEUTRON_ROUTER, document(gateway));
      return;
    }
    gateways.remove(gateway);
    String plain = "{'id':'%s'}".formatted(gateway.router());
    if (random.nextBoolean()) {
      neutron.delete(ObjectType.NEUTRON_PORT, gateway.port());
      neutron.update(ObjectType.NEUTRON_ROUTER, plain);
    } else {
      neutron.update(ObjectType.NEUTRON_ROUTER, plain);
      neutron.delete(ObjectType.NEUTRON_PORT, gateway.port());
    }
  }

  private void floatingIp() {
    for (Vm vm : shuffled(vms)) {
      for (Join join : joins) {
        for (Gateway gateway : gateways) {
          if (join.net().equals(vm.net())
              && join.subnet() == vm.subnet()
              && gateway.router().equals(join.router())) {
            floatingIp(new Fip(next(), gateway.router(), gateway.net(), vm));
            return;
          }
        }
      }
    }
  }

  private void floatingIp(Fip fip) {
    fips.add(fip);
    create(ObjectType.FLOATING_IP, document(fip));
    if (random.nextInt(3) == 0) {
      neutron.update(ObjectType.FLOATING_IP, document(fip));
    }
  }

  private String document(Fip fip) {
    return "{'id':'%s','floating_ip_address':'%s.%d','floating_network_id':'%s','router_id':'%s','port_id':'%s','fixed_ip_address':'%s'}"
        .formatted(
            fip.id(),
            fip.net().prefix(0),
            150 + Math.floorMod(fip.id().hashCode(), 100),
            fip.net().id(),
            fip.router(),
            fip.vm().id(),
            fip.vm().address());
  }

  private void deleteFloatingIp() {
    if (!fips.isEmpty()) {
      Fip fip = any(fips);
      fips.remove(fip);
      neutron.delete(ObjectType.FLOATING_IP, fip.id());
    }
  }

  private void create(ObjectType<NeutronObject> type, String document) {
    neutron.create(type, document);
  }
}
