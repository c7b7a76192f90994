package dev.upswell.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads environment variables with the prefix {@code UPSWELL_}.
 *
 * <p>Programs of one deployment often share their environment, so an unknown variable is no error.
 * Exception: it differs by one or two letters from a variable of this program that is not set,
 * which is a likely typo. Setting the intended variable resolves it.
 */
final class Environment {
  private final OptionNames names;
  private final Map<String, String> variables = new TreeMap<>();
  private final Map<String, OptionValue> given = new HashMap<>();
  private final TreeSet<String> unused = new TreeSet<>();

  private Environment(OptionNames names, Map<String, String> environment) {
    this.names = names;
    environment.forEach(
        (variable, value) -> {
          // Compose files and charts set empty variables for absent values.
          if (variable.startsWith(Option.ENVIRONMENT_PREFIX) && !value.isEmpty()) {
            variables.put(variable, value);
          }
        });
  }

  static Environment read(OptionNames names, Map<String, String> environment) {
    Environment read = new Environment(names, environment);
    read.variables.forEach(read::readOne);
    return read;
  }

  /** The values by the name of their option. */
  Map<String, OptionValue> given() {
    return given;
  }

  /** Returns the unknown variables. */
  Iterable<String> unused() {
    return unused;
  }

  private void readOne(String variable, String value) {
    Optional<Option<?>> option = names.optionOfVariable(variable);
    Optional<Option<?>> secret = names.secretOfFileVariable(variable);
    if (option.isPresent()) {
      given.put(option.get().name(), OptionValue.byEnvironment(variable, value));
    } else if (secret.isPresent()) {
      // The variable with the secret itself has priority.
      given.putIfAbsent(
          secret.get().name(), OptionValue.byEnvironment(variable, contentOf(variable, value)));
    } else {
      readUnknown(variable, value);
    }
  }

  private void readUnknown(String variable, String value) {
    Optional<String> passedThrough = names.passedThroughByVariable(variable);
    if (passedThrough.isPresent()) {
      given.put(passedThrough.get(), OptionValue.byEnvironment(variable, value));
      return;
    }
    Optional<String> meant =
        names.nearVariable(variable).filter(near -> !variables.containsKey(near));
    if (meant.isPresent()) {
      throw new OptionException(variable + ": unknown option; did you mean " + meant.get() + "?");
    }
    unused.add(variable);
  }

  private static String contentOf(String variable, String file) {
    try {
      // Editors and echo add a final newline, which is not part of the secret.
      return Files.readString(Path.of(file)).replaceFirst("\\R\\z", "");
    } catch (IOException | InvalidPathException e) {
      throw OptionException.notAllowed(variable, file, "a readable file");
    }
  }
}
