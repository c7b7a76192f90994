package dev.upswell.local.check;

import java.util.List;

/**
 * Result of a comparison.
 *
 * @param what compared data, such as "feeds"
 * @param text summary in one line
 * @param differences first differences; empty if there are none
 */
public record Outcome(String what, String text, List<String> differences) {
  /** Keeps its own copy. */
  public Outcome {
    differences = List.copyOf(differences);
  }

  /** Returns whether there are no differences. */
  public boolean ok() {
    return differences.isEmpty();
  }

  /** Returns one line, and one for each difference. */
  public String report() {
    StringBuilder report = new StringBuilder();
    report.append(ok() ? "ok " : "FAILED ").append(what).append(": ").append(text);
    differences.forEach(difference -> report.append("\n    ").append(difference));
    return report.toString();
  }
}
