package dev.upswell.options;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 1h}, {@code 30 min}, {@code 500ms}, {@code PT1H30M}. */
final class DurationText {
  private static final Pattern PART = Pattern.compile("\\s*(\\d{1,18})\\s*(ms|min|s|m|h|d)\\s*");

  private DurationText() {}

  /** Parses a duration; empty for invalid text. */
  static Optional<Duration> parse(String text) {
    try {
      if (text.regionMatches(true, 0, "P", 0, 1)) {
        return Optional.of(Duration.parse(text));
      }
      return parseParts(text.toLowerCase(Locale.ROOT));
    } catch (DateTimeParseException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> parseParts(String text) {
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!part.find(end) || part.start() != end) {
        return Optional.empty();
      }
      sum = sum.plus(of(Long.parseLong(part.group(1)), part.group(2)));
      end = part.end();
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(sum);
  }

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m", "min" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** Writes a duration so that {@link #parse} reads it back: {@code 1h 30min}. */
  static String print(Duration duration) {
    if (duration.isNegative() || duration.toNanosPart() % 1_000_000 != 0) {
      return duration.toString();
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toDaysPart(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "min");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(text.isEmpty() ? "" : " ").append(amount).append(unit);
    }
  }
}
