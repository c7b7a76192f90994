package dev.upswell.options;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An option of a program: name, allowed values and default.
 *
 * <p>The name has lower-case words with dots and hyphens, such as {@code feed.max-entries}. As an
 * argument it is {@code --feed.max-entries}, in the environment {@code UPSWELL_FEED_MAX_ENTRIES}.
 *
 * <p>Factory methods without a default create required options. Ranges include both ends. All
 * methods throw {@link IllegalArgumentException} for a malformed name or an invalid default.
 * Instances are immutable and compared by identity.
 *
 * @param <T> type of the values
 */
public final class Option<T> {
  static final String ENVIRONMENT_PREFIX = "UPSWELL_";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");

  private final String name;
  private final OptionType<T> type;
  private final Optional<T> defaultValue;
  private final String description;
  private final Kind kind;

  /** Kinds of options with their own syntax. */
  private enum Kind {
    VALUE,
    FLAG,
    SECRET
  }

  private Option(
      String name, OptionType<T> type, Optional<T> defaultValue, String description, Kind kind) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "option name: " + name + " (expected: lower-case words with dots and hyphens)");
    }
    this.name = name;
    this.type = type;
    this.defaultValue = defaultValue;
    this.description = description;
    this.kind = kind;
  }

  /** An integer in a range. */
  public static Option<Integer> integer(
      String name, int defaultValue, int min, int max, String description) {
    return checkedDefault(name, OptionType.integer(min, max), defaultValue, description);
  }

  /** Creates a required integer in a range. */
  public static Option<Integer> integer(String name, int min, int max, String description) {
    return required(name, OptionType.integer(min, max), description);
  }

  /** A number in a range. */
  public static Option<Double> decimal(
      String name, double defaultValue, double min, double max, String description) {
    return checkedDefault(name, OptionType.decimal(min, max), defaultValue, description);
  }

  /** Creates a required number in a range. */
  public static Option<Double> decimal(String name, double min, double max, String description) {
    return required(name, OptionType.decimal(min, max), description);
  }

  /**
   * Creates a duration in a range, such as {@code 1h}, {@code 30 min}, {@code 500ms} or {@code
   * PT1H}.
   */
  public static Option<Duration> duration(
      String name, Duration defaultValue, Duration min, Duration max, String description) {
    return checkedDefault(name, OptionType.duration(min, max), defaultValue, description);
  }

  /** Creates a required duration in a range. */
  public static Option<Duration> duration(
      String name, Duration min, Duration max, String description) {
    return required(name, OptionType.duration(min, max), description);
  }

  /** A text, which may be empty. */
  public static Option<String> text(String name, String defaultValue, String description) {
    return checkedDefault(name, OptionType.text(), defaultValue, description);
  }

  /** Creates a required text that is not empty. */
  public static Option<String> text(String name, String description) {
    return required(name, OptionType.textNotEmpty(), description);
  }

  /**
   * Creates a URI with a scheme and two slashes or a path. A password in it is secret: rejected in
   * arguments and masked in output.
   */
  public static Option<URI> uri(String name, String defaultValue, String description) {
    return checkedDefault(name, OptionType.uri(), URI.create(defaultValue), description);
  }

  /** Creates a required URI. */
  public static Option<URI> uri(String name, String description) {
    return required(name, OptionType.uri(), description);
  }

  /** Creates a path of the file system, which need not exist. */
  public static Option<Path> path(String name, Path defaultValue, String description) {
    return checkedDefault(name, OptionType.path(), defaultValue, description);
  }

  /** Creates a required path of the file system. */
  public static Option<Path> path(String name, String description) {
    return required(name, OptionType.path(), description);
  }

  /** Creates a choice of enum constants, such as {@code much-later} for {@code MUCH_LATER}. */
  public static <E extends Enum<E>> Option<E> choice(
      String name, E defaultValue, String description) {
    Class<E> choices = defaultValue.getDeclaringClass();
    return checkedDefault(name, OptionType.choice(choices), defaultValue, description);
  }

  /** Creates a required choice of enum constants. */
  public static <E extends Enum<E>> Option<E> choice(
      String name, Class<E> choices, String description) {
    return required(name, OptionType.choice(choices), description);
  }

  /**
   * Creates a flag, off by default: {@code --name}, or {@code true} and {@code false} as a value.
   */
  public static Option<Boolean> flag(String name, String description) {
    return new Option<>(name, OptionType.flag(), Optional.of(false), description, Kind.FLAG);
  }

  /**
   * A secret: from the environment, from a file that {@code UPSWELL_…_FILE} names, or from the
   * options file; never an argument, and never shown.
   */
  public static Option<Optional<String>> secret(String name, String description) {
    Optional<Optional<String>> none = Optional.of(Optional.empty());
    return new Option<>(name, OptionType.secret(), none, description, Kind.SECRET);
  }

  /**
   * Returns the option with an empty value instead of being required.
   *
   * @throws IllegalStateException if it has a default
   */
  public Option<Optional<T>> optional() {
    if (defaultValue.isPresent()) {
      throw new IllegalStateException(name + " has a default: it is never empty");
    }
    return new Option<>(name, type.optional(), Optional.of(Optional.empty()), description, kind);
  }

  /** The name, such as {@code feed.max-entries}. */
  public String name() {
    return name;
  }

  /** The variable of the environment, such as {@code UPSWELL_FEED_MAX_ENTRIES}. */
  public String environmentName() {
    return OptionNames.variable(name);
  }

  /** Returns the description, a noun phrase. */
  public String description() {
    return description;
  }

  /** Returns the allowed values, such as {@code 1..10000}. */
  public String allowed() {
    return type.expected();
  }

  /**
   * Returns the default as text, {@code required} for a required option, {@code none} for an
   * optional one.
   */
  public String defaultText() {
    return defaultValue.map(this::print).orElse("required");
  }

  Optional<T> defaultValue() {
    return defaultValue;
  }

  boolean isFlag() {
    return kind == Kind.FLAG;
  }

  boolean isSecret() {
    return kind == Kind.SECRET;
  }

  /** Parses a value; empty if it is invalid. */
  Optional<T> parse(String text) {
    return type.parse().apply(isSecret() ? text : text.strip());
  }

  /** A value as text, with {@code ***} in the place of secrets. */
  String print(T value) {
    String text = type.print().apply(value);
    return text.isEmpty() ? "\"\"" : text;
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }

  private static <T> Option<T> required(String name, OptionType<T> type, String description) {
    return new Option<>(name, type, Optional.empty(), description, Kind.VALUE);
  }

  private static <T> Option<T> checkedDefault(
      String name, OptionType<T> type, T defaultValue, String description) {
    String text = type.print().apply(defaultValue);
    if (type.parse().apply(text).isEmpty()) {
      throw new IllegalArgumentException(
          "default of " + name + ": " + text + " (expected: " + type.expected() + ")");
    }
    return new Option<>(name, type, Optional.of(defaultValue), description, Kind.VALUE);
  }
}
