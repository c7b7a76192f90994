package dev.upswell.local.check;

import java.util.List;

/**
 * What a comparison found.
 *
 * @param what was compared, such as "feeds"
 * @param text what was found, in one line
 * @param differences the first of them; none when all is as it should be
 */
public record Outcome(String what, String text, List<String> differences) {
  /** Keeps its own copy. */
  public Outcome {
    differences = List.copyOf(differences);
  }

  /** Whether all is as it should be. */
  public boolean ok() {
    return differences.isEmpty();
  }

  /** The line that says it, and one for each difference. */
  public String report() {
    StringBuilder report = new StringBuilder();
    report.append(ok() ? "ok " : "FAILED ").append(what).append(": ").append(text);
    differences.forEach(difference -> report.append("\n    ").append(difference));
    return report.toString();
  }
}
