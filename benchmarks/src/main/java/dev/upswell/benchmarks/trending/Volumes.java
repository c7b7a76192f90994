package dev.upswell.benchmarks.trending;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upswell.benchmarks.data.Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Mentions of a company on Twitter in steps of five minutes, with marked anomalies: one of the
 * series of the Numenta Anomaly Benchmark (A. Lavin and S. Ahmad, "Evaluating Real-Time Anomaly
 * Detection Algorithms", 2015; https://github.com/numenta/NAB, MIT).
 *
 * @param start of the first step, in Unix milliseconds
 * @param values mentions in each step
 * @param windows marked windows
 */
record Volumes(String name, long start, List<Integer> values, List<Window> windows) {
  /** Duration of a step. */
  static final long STEP_MILLIS = 300_000;

  /** Share of a series for learning before detection counts, as in NAB. */
  private static final double PROBATION = 0.15;

  private static final List<String> NAMES = List.of("AAPL", "AMZN", "CRM", "CVS", "FB");

  /** First and last step of a marked window. */
  record Window(int from, int to) {
    boolean touches(int first, int last) {
      return first <= to && last >= from;
    }
  }

  static List<Volumes> read(Path data) {
    JsonNode marked;
    try {
      marked = new ObjectMapper().readTree(data.resolve("volumes/combined_windows.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("--data: " + e.getMessage(), e);
    }
    return NAMES.stream().map(name -> read(data, name, marked)).toList();
  }

  private static Volumes read(Path data, String name, JsonNode marked) {
    List<Integer> values = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    Lines.read(
        data.resolve("volumes/Twitter_volume_" + name + ".csv.gz"),
        line -> {
          String[] fields = line.split(",", -1);
          if (!fields[0].equals("timestamp")) {
            starts.add(millis(fields[0]));
            values.add((int) Double.parseDouble(fields[1]));
          }
        });
    List<Window> windows = new ArrayList<>();
    for (JsonNode window : marked.get("realTweets/Twitter_volume_" + name + ".csv")) {
      windows.add(
          new Window(
              step(starts.get(0), window.get(0).asText()),
              step(starts.get(0), window.get(1).asText())));
    }
    windows.removeIf(window -> window.to() < probation(values.size()));
    return new Volumes(name, starts.get(0), values, windows);
  }

  private static int step(long start, String time) {
    return (int) ((millis(time) - start) / STEP_MILLIS);
  }

  private static long millis(String time) {
    return LocalDateTime.parse(time.replace(' ', 'T')).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static int probation(int size) {
    return (int) (size * PROBATION);
  }

  /** First step that counts. */
  int judgedFrom() {
    return probation(values.size());
  }
}
