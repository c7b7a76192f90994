package dev.upswell.options;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names that a program accepts: its options, and prefixes that it passes through. */
final class OptionNames {
  private final Map<String, Option<?>> byName = new LinkedHashMap<>();
  private final Map<String, Option<?>> byVariable = new LinkedHashMap<>();
  private final List<String> prefixes;

  OptionNames(Collection<Option<?>> options, List<String> prefixes) {
    for (Option<?> option : options) {
      Option<?> same = byVariable.putIfAbsent(option.environmentName(), option);
      if (same != null) {
        throw new IllegalArgumentException(
            option + " and " + same + " have one name in the environment");
      }
      byName.put(option.name(), option);
    }
    this.prefixes = prefixes;
  }

  Collection<Option<?>> options() {
    return byName.values();
  }

  Optional<Option<?>> option(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Optional<Option<?>> optionOfVariable(String variable) {
    return Optional.ofNullable(byVariable.get(variable));
  }

  /** The secret that a variable names the file of. */
  Optional<Option<?>> secretOfFileVariable(String variable) {
    return variable.endsWith("_FILE")
        ? optionOfVariable(variable.substring(0, variable.length() - "_FILE".length()))
            .filter(Option::isSecret)
        : Optional.empty();
  }

  /**
   * Returns whether a name is passed through: it has one of the prefixes, and is not an option of
   * the program with a dot instead of a hyphen.
   */
  boolean isPassedThrough(String name) {
    return prefixes.stream().anyMatch(prefix -> hasPrefix(name, prefix))
        && !byVariable.containsKey(variable(name));
  }

  /** Returns the passed-through name of a variable: UPSWELL_KAFKA_CLIENT_ID is kafka.client.id. */
  Optional<String> passedThroughByVariable(String variable) {
    for (String prefix : prefixes) {
      String start = variable(prefix);
      if (hasPrefix(variable, start)) {
        String rest = variable.substring(start.length()).toLowerCase(Locale.ROOT);
        return Optional.of(prefix + rest.replace('_', '.'));
      }
    }
    return Optional.empty();
  }

  /** Creates the exception for an unknown name, with the nearest name as suggestion. */
  OptionException unknown(String where, String marker, String name) {
    int maxSlips = Math.max(2, name.length() / 3);
    String advice =
        NearestName.of(name, byName.keySet(), maxSlips)
            .map(nearest -> "; did you mean " + marker + nearest + "?")
            .orElse("; --help lists the options");
    return new OptionException(where + ": unknown option" + advice);
  }

  /**
   * Returns the nearest variable of an unknown one. Short names need a smaller distance, because a
   * similar short word is likely another program's.
   */
  Optional<String> nearVariable(String variable) {
    int own = variable.length() - Option.ENVIRONMENT_PREFIX.length();
    List<String> candidates = new ArrayList<>(byVariable.keySet());
    byVariable.values().stream()
        .filter(Option::isSecret)
        .forEach(secret -> candidates.add(secret.environmentName() + "_FILE"));
    return NearestName.of(variable, candidates, Math.min(2, own / 5));
  }

  static String variable(String name) {
    return Option.ENVIRONMENT_PREFIX
        + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static boolean hasPrefix(String text, String prefix) {
    return text.startsWith(prefix) && text.length() > prefix.length();
  }
}
