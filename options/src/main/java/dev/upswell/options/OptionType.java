package dev.upswell.options;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Syntax of option values.
 *
 * @param expected allowed values, for errors and help
 * @param parse parses a text; empty if it is invalid
 * @param print prints a value without secrets
 */
record OptionType<T>(
    String expected, Function<String, Optional<T>> parse, Function<T, String> print) {

  /** The text of a secret, of any length. */
  static final String MASK = "***";

  static OptionType<Integer> integer(int min, int max) {
    return new OptionType<>(
        min + ".." + max,
        text -> number(text, Integer::parseInt).filter(value -> value >= min && value <= max),
        value -> Integer.toString(value));
  }

  static OptionType<Double> decimal(double min, double max) {
    return new OptionType<>(
        min + ".." + max,
        text -> number(text, Double::parseDouble).filter(value -> value >= min && value <= max),
        value -> Double.toString(value));
  }

  static OptionType<Duration> duration(Duration min, Duration max) {
    return new OptionType<>(
        DurationText.print(min) + ".." + DurationText.print(max),
        text ->
            DurationText.parse(text)
                .filter(value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0),
        DurationText::print);
  }

  static OptionType<String> text() {
    return new OptionType<>("a text", Optional::of, Function.identity());
  }

  static OptionType<String> textNotEmpty() {
    return new OptionType<>(
        "a text", text -> Optional.of(text).filter(it -> !it.isEmpty()), Function.identity());
  }

  static OptionType<URI> uri() {
    return new OptionType<>(
        "a URI such as scheme://host", OptionType::parseUri, OptionType::masked);
  }

  static OptionType<Path> path() {
    return new OptionType<>("a path", OptionType::parsePath, Path::toString);
  }

  static OptionType<Boolean> flag() {
    return new OptionType<>(
        "true, false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            },
        value -> Boolean.toString(value));
  }

  static <E extends Enum<E>> OptionType<E> choice(Class<E> type) {
    return new OptionType<>(
        Arrays.stream(type.getEnumConstants())
            .map(OptionType::choiceName)
            .collect(Collectors.joining(", ")),
        text ->
            Arrays.stream(type.getEnumConstants())
                .filter(choice -> choiceName(choice).equalsIgnoreCase(text.replace('_', '-')))
                .findFirst(),
        OptionType::choiceName);
  }

  static OptionType<Optional<String>> secret() {
    return new OptionType<>(
        "a secret",
        text -> Optional.of(Optional.of(text)),
        value -> value.isEmpty() ? "none" : MASK);
  }

  @SuppressWarnings("OptionalMapToOptional") // Outer: is the text allowed. Inner: was any given.
  OptionType<Optional<T>> optional() {
    return new OptionType<>(
        expected,
        text -> parse.apply(text).map(Optional::of),
        value -> value.map(print).orElse("none"));
  }

  /** {@code MUCH_LATER} is written {@code much-later}. */
  private static String choiceName(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <N> Optional<N> number(String text, Function<String, N> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<URI> parseUri(String text) {
    try {
      // localhost:6379 would be a URI too, of the scheme localhost.
      return Optional.of(new URI(text)).filter(uri -> uri.isAbsolute() && !uri.isOpaque());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> parsePath(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static String masked(URI uri) {
    return UserInfo.masked(uri.toString());
  }
}
