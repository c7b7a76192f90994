package dev.upswell.options;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/** Reads options from a file in Java's format for properties, in UTF-8. */
final class OptionsFile {
  /** Path of the options file. An option of every program. */
  static final Option<Optional<Path>> OPTION =
      Option.path("options-file", "A .properties file in UTF-8 with more of these options.")
          .optional();

  private OptionsFile() {}

  /** The values by the name of their option. */
  static Map<String, OptionValue> read(OptionNames names, OptionValue fileName) {
    Path file =
        OPTION
            .parse(fileName.value())
            .flatMap(path -> path)
            .orElseThrow(() -> unreadable(fileName));
    Map<String, OptionValue> given = new HashMap<>();
    Properties properties = load(file, fileName);
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      boolean isOption = names.option(key).filter(option -> option != OPTION).isPresent();
      if (!isOption && !names.isPassedThrough(key)) {
        throw names.unknown(file + ": " + key, "", key);
      }
      given.put(key, OptionValue.byFile(file, key, properties.getProperty(key)));
    }
    return given;
  }

  private static Properties load(Path file, OptionValue fileName) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(fileName);
    }
  }

  private static OptionException unreadable(OptionValue fileName) {
    return OptionException.notAllowed(
        fileName.where(), fileName.value(), "a readable .properties file in UTF-8");
  }
}
