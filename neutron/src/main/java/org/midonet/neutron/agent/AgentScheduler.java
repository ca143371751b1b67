package org.midonet.neutron.agent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The ways to choose agents for a network or router, named as Neutron's scheduler drivers are;
 * stateless.
 */
enum AgentScheduler {
  /** Any. */
  CHANCE,
  /** Those with the least load. */
  WEIGHT,
  /** Those with the least load, spread over availability zones. */
  ZONES;

  /**
   * An agent that could be chosen.
   *
   * @param load how much it serves already
   */
  record Candidate(String id, @Nullable String zone, long load) {}

  /**
   * Reads the value of {@code network_scheduler_driver} or {@code router_scheduler_driver}.
   *
   * @throws IllegalArgumentException for a driver we do not have, naming those we do
   */
  static AgentScheduler parse(String driver) {
    String name = driver.substring(driver.lastIndexOf('.') + 1);
    return switch (name) {
      case "ChanceScheduler" -> CHANCE;
      case "WeightScheduler", "LeastRoutersScheduler" -> WEIGHT;
      case "AZAwareWeightScheduler", "AZLeastRoutersScheduler" -> ZONES;
      default ->
          throw new IllegalArgumentException(
              "unknown scheduler driver '"
                  + driver
                  + "'; there are ChanceScheduler, WeightScheduler, LeastRoutersScheduler,"
                  + " AZAwareWeightScheduler and AZLeastRoutersScheduler");
    };
  }

  /**
   * Chooses up to {@code needed} of the candidates.
   *
   * @param serving those that serve the resource already
   */
  List<Candidate> choose(
      List<Candidate> candidates, List<Candidate> serving, int needed, RandomGenerator random) {
    List<Candidate> order = new ArrayList<>(candidates);
    if (this == CHANCE) {
      Collections.shuffle(order, random);
    } else {
      order.sort(Comparator.comparingLong(Candidate::load));
    }
    if (this == ZONES) {
      order = spread(order, serving);
    }
    return List.copyOf(order.subList(0, Math.clamp(needed, 0, order.size())));
  }

  /** Takes again and again the next agent of the zone that serves least. */
  private static List<Candidate> spread(List<Candidate> order, List<Candidate> serving) {
    Map<String, List<Candidate>> waiting = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Candidate candidate : order) {
      waiting.computeIfAbsent(zone(candidate), _ -> new ArrayList<>()).add(candidate);
    }
    serving.forEach(candidate -> counts.merge(zone(candidate), 1, Integer::sum));
    List<Candidate> spread = new ArrayList<>();
    while (!waiting.isEmpty()) {
      String next =
          waiting.keySet().stream()
              .min(Comparator.comparing(zone -> counts.getOrDefault(zone, 0)))
              .orElseThrow();
      List<Candidate> zone = Objects.requireNonNull(waiting.get(next));
      spread.add(zone.removeFirst());
      counts.merge(next, 1, Integer::sum);
      if (zone.isEmpty()) {
        waiting.remove(next);
      }
    }
    return spread;
  }

  private static String zone(Candidate candidate) {
    return Objects.requireNonNullElse(candidate.zone(), "");
  }
}
