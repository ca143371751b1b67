package org.midonet.benchmarks.datapath;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What was measured, by way and kind of load. For one thread. */
final class Figures {
  private final Map<String, Map<String, List<Double>>> samples = new LinkedHashMap<>();

  void add(String way, String load, double value) {
    samples
        .computeIfAbsent(way, _ -> new LinkedHashMap<>())
        .computeIfAbsent(load, _ -> new ArrayList<>())
        .add(value);
  }

  private List<Double> of(String way, String load) {
    return Objects.requireNonNull(Objects.requireNonNull(samples.get(way)).get(load));
  }

  /** What was measured, in order. */
  Set<String> loads() {
    return samples.isEmpty() ? Set.of() : samples.values().iterator().next().keySet();
  }

  double median(String way, String load) {
    return median(of(way, load).stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The median of the ratios of samples that were taken one after the other. */
  double ratio(String way, String to, String load) {
    List<Double> these = of(way, load);
    List<Double> those = of(to, load);
    double[] ratios = new double[these.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = these.get(i) / those.get(i);
    }
    return median(ratios);
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
