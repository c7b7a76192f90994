package dev.upswell.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a benchmark, for people and for programs. */
public final class Report {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final List<String> HEADER =
      List.of(
          "FIGURE",
          "UNIT",
          "OURS",
          "(MIN..MAX)",
          "BESIDE",
          "THEIRS",
          "(MIN..MAX)",
          "RATIO",
          "GOAL");

  private Report() {}

  /** An aligned table: medians, and from which to which value the rounds went. */
  public static String table(List<Row> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    rows.forEach(row -> lines.add(cells(row)));
    int[] widths = new int[HEADER.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        text.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 2));
      }
      table.append(text.toString().stripTrailing()).append('\n');
    }
    return table.toString();
  }

  private static List<String> cells(Row row) {
    List<String> cells = new ArrayList<>();
    cells.add(row.figure());
    cells.add(row.unit());
    cells.add(number(row.ours().median()));
    cells.add(spread(row.ours()));
    cells.add(row.rival().map(Rival::name).orElse("-"));
    cells.add(row.rival().map(rival -> number(rival.samples().median())).orElse("-"));
    cells.add(row.rival().map(rival -> spread(rival.samples())).orElse("-"));
    cells.add(row.ratio().map(ratio -> number(ratio.median())).orElse("-"));
    cells.add(
        row.goal()
            .map(goal -> goal + (row.isGoalMet().orElseThrow() ? ", met" : ", MISSED"))
            .orElse("-"));
    return cells;
  }

  private static String spread(Samples samples) {
    return samples.values().size() == 1
        ? ""
        : "(" + number(samples.min()) + ".." + number(samples.max()) + ")";
  }

  /** Returns an array of objects, all with the same names; absent values are null. */
  public static String json(List<Row> rows) {
    try {
      return JSON.writeValueAsString(rows.stream().map(Report::fields).toList()) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("only texts, numbers and booleans", e);
    }
  }

  private static Map<String, @Nullable Object> fields(Row row) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    Samples theirs = row.rival().map(Rival::samples).orElse(null);
    Samples ratio = row.ratio().orElse(null);
    fields.put("figure", row.figure());
    fields.put("unit", row.unit());
    fields.put("ours", row.ours().median());
    fields.put("beside", row.rival().map(Rival::name).orElse(null));
    fields.put("theirs", theirs == null ? null : theirs.median());
    fields.put("ratio", ratio == null ? null : ratio.median());
    fields.put("goal", row.goal().map(Goal::toString).orElse(null));
    fields.put("goalMet", row.isGoalMet().orElse(null));
    fields.put("rounds", row.ours().values().size());
    fields.put("oursMin", row.ours().min());
    fields.put("oursMax", row.ours().max());
    fields.put("theirsMin", theirs == null ? null : theirs.min());
    fields.put("theirsMax", theirs == null ? null : theirs.max());
    fields.put("ratioMin", ratio == null ? null : ratio.min());
    fields.put("ratioMax", ratio == null ? null : ratio.max());
    return fields;
  }

  /** Three digits that count, or all before the point. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size == Math.rint(size) && size < 1_000) {
      return Long.toString((long) value);
    }
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
