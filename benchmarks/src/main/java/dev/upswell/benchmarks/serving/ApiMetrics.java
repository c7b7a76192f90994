package dev.upswell.benchmarks.serving;

import dev.upswell.benchmarks.process.KeepAliveClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metrics of an API by name with labels.
 *
 * @param values such as {@code jvm_threads_live_threads}
 */
record ApiMetrics(Map<String, Double> values) {
  static ApiMetrics of(int port) throws IOException {
    Map<String, Double> values = new HashMap<>();
    try (KeepAliveClient client = KeepAliveClient.connect(port)) {
      for (String line : client.get("/metrics").body().split("\n", -1)) {
        int space = line.lastIndexOf(' ');
        if (space > 0 && line.charAt(0) != '#') {
          values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
        }
      }
    }
    return new ApiMetrics(values);
  }

  /** Returns the sum of all metrics with this name, with any labels. */
  double sum(String name) {
    return values.entrySet().stream()
        .filter(each -> each.getKey().equals(name) || each.getKey().startsWith(name + "{"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /**
   * The upper end of the bucket within which a share of the times lies, in milliseconds.
   *
   * @param before metrics before the measured time
   */
  double millisAt(String timer, double share, ApiMetrics before) {
    String prefix = timer + "_bucket{le=\"";
    Map<Double, Double> counts = new TreeMap<>();
    values.forEach(
        (name, count) -> {
          if (name.startsWith(prefix)) {
            String end = name.substring(prefix.length(), name.indexOf('"', prefix.length()));
            counts.put(
                end.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(end),
                count - before.values.getOrDefault(name, 0.0));
          }
        });
    double all = sum(timer + "_count") - before.sum(timer + "_count");
    for (Map.Entry<Double, Double> bucket : counts.entrySet()) {
      if (bucket.getValue() >= share * all) {
        return 1e3 * bucket.getKey();
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
