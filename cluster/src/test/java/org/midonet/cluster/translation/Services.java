package org.midonet.cluster.translation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * The firewalls and load balancers of a {@link Cloud}, which live by chance too; for one thread.
 */
final class Services {
  private record Vip(UUID subnet, String address) {}

  private final Neutron neutron;
  private final Random random;
  private final Map<UUID, List<UUID>> firewalls = new LinkedHashMap<>();
  private final Map<UUID, UUID> pools = new LinkedHashMap<>();
  private final Map<UUID, UUID> members = new LinkedHashMap<>();
  private final Map<UUID, Vip> vips = new LinkedHashMap<>();
  private final Map<UUID, List<UUID>> monitors = new LinkedHashMap<>();

  Services(Neutron neutron, Random random) {
    this.neutron = neutron;
    this.random = random;
  }

  /** A firewall comes, moves between routers or goes; a router has one at most. */
  void firewall(List<UUID> routers) {
    UUID id = firewalls.isEmpty() || random.nextInt(3) == 0 ? next() : any(firewalls.keySet());
    List<UUID> before = firewalls.getOrDefault(id, List.of());
    if (!before.isEmpty() && random.nextInt(4) == 0) {
      firewalls.remove(id);
      neutron.delete(ObjectType.NEUTRON_FIREWALL, id);
      return;
    }
    List<UUID> after = new ArrayList<>(routers);
    firewalls.forEach((other, taken) -> {
      if (!other.equals(id)) {
        after.removeAll(taken);
      }
    });
    Collections.shuffle(after, random);
    after.subList(Math.min(after.size(), random.nextInt(3)), after.size()).clear();
    List<UUID> left = new ArrayList<>(before);
    left.removeAll(after);
    String document =
        "{'id':'%s','admin_state_up':%s,'firewall_rule_list':[%s],'add-router-ids':[%s],'del-router-ids':[%s],'last-router':%s}"
            .formatted(id, random.nextBoolean(), rules(), ids(after), ids(left), after.isEmpty());
    if (after.isEmpty()) {
      firewalls.remove(id);
    } else {
      firewalls.put(id, after);
    }
    if (before.isEmpty() && !after.isEmpty()) {
      neutron.create(ObjectType.NEUTRON_FIREWALL, document);
    } else {
      neutron.update(ObjectType.NEUTRON_FIREWALL, document);
    }
  }

  private String rules() {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(i ->
            "{'id':'%s','enabled':%s,'action':'%s','protocol':'tcp','destination_port':'%d'}"
                .formatted(next(), random.nextBoolean(), i % 2 == 0 ? "allow" : "deny", 80 + i))
        .collect(Collectors.joining(","));
  }

  /** Something about load balancing, on a router and with an address if it needs them. */
  void loadBalancer(UUID router, UUID subnet, String address) {
    if (pools.size() < 3) {
      UUID id = next();
      pools.put(id, router);
      create(
          ObjectType.NEUTRON_POOL,
          id,
          "'router_id':'%s','admin_state_up':%s".formatted(router, random.nextBoolean()));
      return;
    }
    switch (random.nextInt(9)) {
      case 0 -> deletePool(any(pools.keySet()));
      case 1 ->
          neutron.update(
              ObjectType.NEUTRON_POOL,
              "{'id':'%s','admin_state_up':%s}"
                  .formatted(any(pools.keySet()), random.nextBoolean()));
      case 2, 3 -> vip(subnet, address);
      case 4, 5 -> member();
      default -> monitor();
    }
  }

  /** Its members go with it in Neutron's database; a pool with a VIP stays there. */
  private void deletePool(UUID pool) {
    pools.remove(pool);
    members.values().removeIf(pool::equals);
    List<UUID> gone = new ArrayList<>();
    vips.keySet().stream()
        .filter(id -> pool.toString().equals(get(ObjectType.NEUTRON_VIP, id).text("pool_id")))
        .forEach(gone::add);
    gone.forEach(this::deleteVip);
    monitors.replaceAll((id, of) -> of.stream().filter(it -> !it.equals(pool)).toList());
    monitors.values().removeIf(List::isEmpty);
    neutron.delete(ObjectType.NEUTRON_POOL, pool);
  }

  private void deleteVip(UUID id) {
    vips.remove(id);
    neutron.delete(ObjectType.NEUTRON_VIP, id);
  }

  private void vip(UUID subnet, String address) {
    if (!vips.isEmpty() && random.nextInt(3) == 0) {
      deleteVip(any(vips.keySet()));
      return;
    }
    boolean update = !vips.isEmpty() && random.nextBoolean();
    UUID id = update ? any(vips.keySet()) : next();
    Vip vip = vips.computeIfAbsent(id, key -> new Vip(subnet, address));
    String document =
        "{'id':'%s','pool_id':'%s','subnet_id':'%s','address':'%s','protocol_port':80,'session_persistence':{%s}}"
            .formatted(
                id,
                any(pools.keySet()),
                vip.subnet(),
                vip.address(),
                random.nextBoolean() ? "'type':'SOURCE_IP'" : "");
    if (update) {
      neutron.update(ObjectType.NEUTRON_VIP, document);
    } else {
      neutron.create(ObjectType.NEUTRON_VIP, document);
    }
  }

  private void member() {
    UUID id = members.isEmpty() || random.nextBoolean() ? next() : any(members.keySet());
    if (members.containsKey(id) && random.nextBoolean()) {
      members.remove(id);
      neutron.delete(ObjectType.NEUTRON_POOL_MEMBER, id);
      return;
    }
    UUID pool = any(pools.keySet());
    String document =
        "{'id':'%s','pool_id':'%s','address':'10.0.0.%d','protocol_port':80,'weight':%d}"
            .formatted(id, pool, random.nextInt(2, 200), random.nextInt(5));
    if (members.put(id, pool) == null) {
      neutron.create(ObjectType.NEUTRON_POOL_MEMBER, document);
    } else {
      neutron.update(ObjectType.NEUTRON_POOL_MEMBER, document);
    }
  }

  /** A pool has one monitor at most, as the driver sees to. */
  private void monitor() {
    List<UUID> free = new ArrayList<>(pools.keySet());
    monitors.values().forEach(free::removeAll);
    if (!monitors.isEmpty() && (free.isEmpty() || random.nextInt(3) == 0)) {
      UUID id = any(monitors.keySet());
      monitors.remove(id);
      neutron.delete(ObjectType.NEUTRON_HEALTH_MONITOR, id);
      return;
    }
    if (free.isEmpty()) {
      return;
    }
    UUID id = monitors.isEmpty() || random.nextBoolean() ? next() : any(monitors.keySet());
    List<UUID> watched = new ArrayList<>(monitors.getOrDefault(id, List.of()));
    watched.add(free.getFirst());
    monitors.put(id, watched);
    create(
        ObjectType.NEUTRON_HEALTH_MONITOR,
        id,
        "'type':'TCP','delay':%d,'timeout':1,'max_retries':2,'admin_state_up':%s,'pools':[%s]"
            .formatted(
                random.nextInt(1, 9),
                random.nextBoolean(),
                watched.stream()
                    .map("{'pool_id':'%s'}"::formatted)
                    .collect(Collectors.joining(","))));
  }

  void die() {
    firewalls.keySet().forEach(id -> neutron.delete(ObjectType.NEUTRON_FIREWALL, id));
    if (random.nextBoolean()) {
      List.copyOf(monitors.keySet())
          .forEach(id -> neutron.delete(ObjectType.NEUTRON_HEALTH_MONITOR, id));
      List.copyOf(vips.keySet()).forEach(this::deleteVip);
    }
    pools.keySet().forEach(id -> neutron.delete(ObjectType.NEUTRON_POOL, id));
  }

  private void create(ObjectType<NeutronObject> type, UUID id, String fields) {
    neutron.create(type, "{'id':'%s',%s}".formatted(id, fields));
  }

  private NeutronObject get(ObjectType<NeutronObject> type, UUID id) {
    return neutron.topology().get(type, id);
  }

  private static String ids(List<UUID> ids) {
    return ids.stream().map("'%s'"::formatted).collect(Collectors.joining(","));
  }

  private UUID next() {
    return Chance.of(random).id();
  }

  private UUID any(Iterable<UUID> ids) {
    List<UUID> list = new ArrayList<>();
    ids.forEach(list::add);
    return list.get(random.nextInt(list.size()));
  }
}
