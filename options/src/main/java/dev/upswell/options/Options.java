package dev.upswell.options;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Checked option values of a program.
 *
 * <p>Immutable and thread-safe.
 */
public final class Options {
  private final OptionNames names;
  private final List<String> prefixes;
  private final Map<String, OptionValue> given;
  private final Map<Option<?>, Object> values = new HashMap<>();
  private final List<String> unusedVariables = new ArrayList<>();
  private final boolean helpWanted;

  /** Creates the options of a program that prints its help. */
  Options(OptionNames names, List<String> prefixes) {
    this.names = names;
    this.prefixes = prefixes;
    this.given = Map.of();
    this.helpWanted = true;
  }

  /**
   * Checks every value, the first wrong one ends it.
   *
   * @throws OptionException if a value is not allowed or a required one is missing
   */
  Options(
      OptionNames names,
      List<String> prefixes,
      Map<String, OptionValue> given,
      Iterable<String> unusedVariables) {
    this.names = names;
    this.prefixes = prefixes;
    this.given = given;
    this.helpWanted = false;
    unusedVariables.forEach(this.unusedVariables::add);
    names.options().forEach(option -> values.put(option, value(option, given)));
  }

  /**
   * Returns the value of an option.
   *
   * @throws IllegalArgumentException if the option does not belong to the program
   * @throws IllegalStateException if help was requested
   */
  @SuppressWarnings("unchecked") // A value is put in only as what its option parsed or defaults to.
  public <T> T get(Option<T> option) {
    if (helpWanted) {
      throw new IllegalStateException("no options are read when help is wanted");
    }
    T value = (T) values.get(option);
    if (value == null) {
      throw new IllegalArgumentException(option + ": not an option of this program");
    }
    return value;
  }

  /**
   * Returns passed-through options, such as every {@code kafka.*} option for the Kafka client.
   *
   * @param prefix one of the prefixes, such as {@code kafka.}
   * @return values by name without the prefix, such as {@code security.protocol}
   * @throws IllegalArgumentException for another prefix
   */
  public Map<String, String> passedThrough(String prefix) {
    if (!prefixes.contains(prefix)) {
      throw new IllegalArgumentException(
          "prefix: " + prefix + " (expected: one of " + prefixes + ")");
    }
    SortedMap<String, String> passed = new TreeMap<>();
    given.forEach(
        (name, value) -> {
          if (name.startsWith(prefix) && names.option(name).isEmpty()) {
            passed.put(name.substring(prefix.length()), value.value());
          }
        });
    return Collections.unmodifiableMap(passed);
  }

  /** Returns whether {@code --help} or {@code -h} was given; then no option was read. */
  public boolean helpWanted() {
    return helpWanted;
  }

  /**
   * Lists every option with value and source, one per line, secrets as {@code ***}. Unknown {@code
   * UPSWELL_} variables follow at the end.
   */
  public String describe() {
    if (helpWanted) {
      return "help wanted\n";
    }
    List<List<String>> rows = new ArrayList<>();
    names.options().forEach(option -> rows.add(row(option)));
    new TreeMap<>(given)
        .forEach(
            (name, value) -> {
              if (names.option(name).isEmpty()) {
                rows.add(List.of(name, shown(name, value.value()), value.origin()));
              }
            });
    String table = TextTable.of(rows);
    return unusedVariables.isEmpty()
        ? table
        : table + "not used: " + String.join(", ", unusedVariables) + "\n";
  }

  /** The same as {@link #describe()}. */
  @Override
  public String toString() {
    return describe();
  }

  private <T> List<String> row(Option<T> option) {
    OptionValue from = given.get(option.name());
    return List.of(
        option.name(), option.print(get(option)), from == null ? "default" : from.origin());
  }

  private static <T> T value(Option<T> option, Map<String, OptionValue> given) {
    OptionValue from = given.get(option.name());
    if (from == null) {
      return option.defaultValue().orElseThrow(() -> missing(option));
    }
    Optional<T> value = option.parse(from.value());
    return value.orElseThrow(
        () ->
            OptionException.notAllowed(
                from.where(), shown(option.name(), from.value()), option.allowed()));
  }

  private static String shown(String name, String value) {
    if (!SecretNames.isShown(name)) {
      return OptionType.MASK;
    }
    return value.isEmpty() ? "\"\"" : UserInfo.masked(value);
  }

  private static OptionException missing(Option<?> option) {
    return OptionException.notAllowed(
        "--" + option.name(),
        "missing",
        option.allowed() + ", here or in " + option.environmentName());
  }
}
