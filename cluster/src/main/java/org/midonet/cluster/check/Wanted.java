package org.midonet.cluster.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.Topology;
import org.midonet.packets.IpAddress;
import org.midonet.topology.Chain;
import org.midonet.topology.ObjectType;
import org.midonet.topology.References;
import org.midonet.topology.Route;
import org.midonet.topology.Rule;
import org.midonet.topology.TopologyObject;

/**
 * The expected objects under the ids that they have in the present topology: what was left to
 * chance is found by its content. Immutable once made, safe to share between threads.
 */
final class Wanted {
  /** What a rule does, to whom, and with which port it goes. */
  private record Content(Object condition, Object action, @Nullable UUID fipPort) {
    static Content of(Rule rule) {
      return new Content(rule.condition(), rule.action(), rule.fipPortId());
    }
  }

  private final Map<ObjectType<?>, Map<UUID, TopologyObject>> objects = new LinkedHashMap<>();
  private final Expected expected;
  private final Topology present;
  private final Servers servers;
  private final RuleOrder order;
  private final Map<UUID, List<Rule>> presentRules = new HashMap<>();

  private Wanted(Expected expected, Topology present) {
    this.expected = expected;
    this.present = present;
    this.servers = Servers.of(expected.topology());
    this.order = new RuleOrder(expected.topology());
  }

  static Wanted of(Expected expected, Topology present) {
    Wanted wanted = new Wanted(expected, present);
    for (Rule rule : present.list(ObjectType.RULE)) {
      if (rule.chainId() != null) {
        wanted.presentRules.computeIfAbsent(rule.chainId(), id -> new ArrayList<>()).add(rule);
      }
    }
    for (ObjectType<?> type : ObjectType.all()) {
      for (TopologyObject object : expected.topology().list(type)) {
        switch (object) {
          case Chain chain -> wanted.addChain(chain);
          case Route route when wanted.servers.isMetadata(route) -> wanted.addMetadata(route);
          case Rule rule when rule.chainId() != null -> {} // with its chain
          default -> wanted.add(object);
        }
      }
    }
    wanted.objects.remove(ObjectType.HOST);
    return wanted;
  }

  Topology expected() {
    return expected.topology();
  }

  Servers servers() {
    return servers;
  }

  /** The rules of a chain of the present topology, whether or not it lists them. */
  List<Rule> presentRules(UUID chain) {
    return presentRules.getOrDefault(chain, List.of());
  }

  boolean has(ObjectType<?> type, UUID id) {
    return objects.getOrDefault(type, Map.of()).containsKey(id);
  }

  /** Where in the store the objects of an id are to lie. */
  UUID home(UUID id) {
    return expected.topology().home(id);
  }

  /** An object that is wanted. */
  TopologyObject get(ObjectType<?> type, UUID id) {
    return Objects.requireNonNull(objects.getOrDefault(type, Map.of()).get(id));
  }

  Collection<TopologyObject> list(ObjectType<?> type) {
    return objects.getOrDefault(type, Map.of()).values();
  }

  private void add(TopologyObject object) {
    objects.computeIfAbsent(object.type(), type -> new LinkedHashMap<>()).put(object.id(), object);
  }

  private void addChain(Chain chain) {
    Map<UUID, UUID> ids = presentIds(chain);
    List<Rule> rules = new ArrayList<>();
    for (UUID id : chain.ruleIds()) {
      Rule rule = expected.topology().get(ObjectType.RULE, id);
      rules.add(rule.withId(ids.getOrDefault(id, id)));
    }
    rules.forEach(this::add);
    add(chain.withRuleIds(ordered(chain.id(), rules)));
  }

  /** As they stand, if they mean the same so. */
  private List<UUID> ordered(UUID chain, List<Rule> rules) {
    List<UUID> right = rules.stream().map(Rule::id).toList();
    Chain there = present.find(ObjectType.CHAIN, chain);
    if (there == null || there.ruleIds().equals(right)) {
      return right;
    }
    Map<UUID, Rule> byId = new HashMap<>();
    rules.forEach(rule -> byId.put(rule.id(), rule));
    List<Rule> listed =
        there.ruleIds().stream().map(byId::get).filter(Objects::nonNull).distinct().toList();
    return listed.size() == rules.size() && order.isSame(rules, listed)
        ? listed.stream().map(Rule::id).toList()
        : right;
  }

  /** For the rules of a chain that were left to chance, those that stand for them. */
  private Map<UUID, UUID> presentIds(Chain chain) {
    List<Rule> open = new ArrayList<>();
    for (UUID id : chain.ruleIds()) {
      if (expected.randomIds().contains(id)) {
        open.add(expected.topology().get(ObjectType.RULE, id));
      }
    }
    if (open.isEmpty()) {
      return Map.of();
    }
    List<Rule> candidates = inOrder(chain);
    Map<UUID, UUID> ids = new HashMap<>();
    matchByContent(open, candidates, ids);
    Deque<UUID> others = new ArrayDeque<>(unreadable(chain));
    candidates.forEach(rule -> others.add(rule.id()));
    for (Rule rule : open) {
      UUID id = others.poll();
      if (id != null) {
        ids.put(rule.id(), id);
      }
    }
    return ids;
  }

  private static void matchByContent(List<Rule> open, List<Rule> candidates, Map<UUID, UUID> ids) {
    Map<Content, Deque<Rule>> byContent = new HashMap<>();
    for (Rule rule : candidates) {
      byContent.computeIfAbsent(Content.of(rule), content -> new ArrayDeque<>()).add(rule);
    }
    Set<Rule> taken = new HashSet<>();
    open.removeIf(rule -> {
      Rule match = byContent.getOrDefault(Content.of(rule), new ArrayDeque<>()).poll();
      if (match != null) {
        ids.put(rule.id(), match.id());
        taken.add(match);
      }
      return match != null;
    });
    candidates.removeAll(taken);
  }

  /** Rules of the present chain that are not known by their ids: first those that it lists. */
  private List<Rule> inOrder(Chain chain) {
    Chain there = present.find(ObjectType.CHAIN, chain.id());
    List<UUID> listed = there == null ? List.of() : there.ruleIds();
    Map<UUID, Integer> places = new HashMap<>();
    listed.forEach(id -> places.put(id, places.size()));
    List<Rule> candidates = new ArrayList<>(presentRules(chain.id()));
    candidates.removeIf(rule -> expected.topology().has(ObjectType.RULE, rule.id()));
    candidates.sort((one, other) ->
        Integer.compare(
            places.getOrDefault(one.id(), Integer.MAX_VALUE),
            places.getOrDefault(other.id(), Integer.MAX_VALUE)));
    return candidates;
  }

  /** Ids that the present chain lists and nothing is known of. */
  private List<UUID> unreadable(Chain chain) {
    Chain there = present.find(ObjectType.CHAIN, chain.id());
    return there == null
        ? List.of()
        : there.ruleIds().stream()
            .filter(id -> !present.has(ObjectType.RULE, id))
            .filter(id -> !expected.topology().has(ObjectType.RULE, id))
            .toList();
  }

  /** A way to metadata may lead through any of the subnet's DHCP ports. */
  private void addMetadata(Route route) {
    UUID port = Objects.requireNonNull(route.nextHopPortId());
    Set<IpAddress> through = servers.behind(port);
    boolean found = false;
    for (Route other : present.related(References.PORT_ROUTES, port, ObjectType.ROUTE)) {
      IpAddress server = other.nextHopGateway();
      if (server != null
          && through.contains(server)
          && other.src().cidr().equals(route.src().cidr())
          && other.equals(
              route.withId(other.id()).withSrc(other.src()).withNextHopGateway(server))) {
        add(other);
        found = true;
      }
    }
    if (!found) {
      add(route);
    }
  }
}
