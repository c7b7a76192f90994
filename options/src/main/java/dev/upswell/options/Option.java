package dev.upswell.options;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One option of a program: a name, what values it takes, and the value when none is given.
 *
 * <p>The name is lower-case words with dots and hyphens, such as {@code feed.max-entries}. As an
 * argument it is {@code --feed.max-entries}, in the environment {@code UPSWELL_FEED_MAX_ENTRIES}.
 *
 * <p>The factory methods without a default make an option that must be given. Those with a range
 * include both ends. All throw {@link IllegalArgumentException} for a malformed name or a default
 * that is not allowed. Instances are immutable and are compared by identity.
 *
 * @param <T> the values
 */
public final class Option<T> {
  static final String ENVIRONMENT_PREFIX = "UPSWELL_";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");

  private final String name;
  private final OptionType<T> type;
  private final Optional<T> defaultValue;
  private final String description;
  private final Kind kind;

  /** What sets an option apart in how it may be given. */
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

  /** An integer in a range that must be given. */
  public static Option<Integer> integer(String name, int min, int max, String description) {
    return required(name, OptionType.integer(min, max), description);
  }

  /** A number in a range. */
  public static Option<Double> decimal(
      String name, double defaultValue, double min, double max, String description) {
    return checkedDefault(name, OptionType.decimal(min, max), defaultValue, description);
  }

  /** A number in a range that must be given. */
  public static Option<Double> decimal(String name, double min, double max, String description) {
    return required(name, OptionType.decimal(min, max), description);
  }

  /** A duration in a range, given as {@code 1h}, {@code 30 min}, {@code 500ms} or {@code PT1H}. */
  public static Option<Duration> duration(
      String name, Duration defaultValue, Duration min, Duration max, String description) {
    return checkedDefault(name, OptionType.duration(min, max), defaultValue, description);
  }

  /** A duration in a range that must be given. */
  public static Option<Duration> duration(
      String name, Duration min, Duration max, String description) {
    return required(name, OptionType.duration(min, max), description);
  }

  /** A text, which may be empty. */
  public static Option<String> text(String name, String defaultValue, String description) {
    return checkedDefault(name, OptionType.text(), defaultValue, description);
  }

  /** A text that must be given and is not empty. */
  public static Option<String> text(String name, String description) {
    return required(name, OptionType.textNotEmpty(), description);
  }

  /**
   * A URI with a scheme and two slashes or a path. A password in it is a secret: it does not come
   * by argument and is not shown.
   */
  public static Option<URI> uri(String name, String defaultValue, String description) {
    return checkedDefault(name, OptionType.uri(), URI.create(defaultValue), description);
  }

  /** Such a URI that must be given. */
  public static Option<URI> uri(String name, String description) {
    return required(name, OptionType.uri(), description);
  }

  /** A path of the file system; whether something is there is not checked. */
  public static Option<Path> path(String name, Path defaultValue, String description) {
    return checkedDefault(name, OptionType.path(), defaultValue, description);
  }

  /** A path of the file system that must be given. */
  public static Option<Path> path(String name, String description) {
    return required(name, OptionType.path(), description);
  }

  /** One of the constants of an enum, given as {@code much-later} for {@code MUCH_LATER}. */
  public static <E extends Enum<E>> Option<E> choice(
      String name, E defaultValue, String description) {
    Class<E> choices = defaultValue.getDeclaringClass();
    return checkedDefault(name, OptionType.choice(choices), defaultValue, description);
  }

  /** One of the constants of an enum; it must be given. */
  public static <E extends Enum<E>> Option<E> choice(
      String name, Class<E> choices, String description) {
    return required(name, OptionType.choice(choices), description);
  }

  /** A switch, off unless given: {@code --name}, or {@code true} and {@code false} as a value. */
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
   * The same option, but empty when it is not given.
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

  /** What it does, in one sentence. */
  public String description() {
    return description;
  }

  /** What values are allowed, such as {@code 1..10000}. */
  public String allowed() {
    return type.expected();
  }

  /** The default as text, {@code required} if there is none, {@code none} if it may be left out. */
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

  /** The value of a text, or empty when it is not allowed. */
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
