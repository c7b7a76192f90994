package dev.upswell.options;

import java.nio.file.Path;

/**
 * Text of a value with its source.
 *
 * @param value text
 * @param where prefix of errors, such as {@code --feed.max-entries}
 * @param origin name of the source, such as {@code argument}
 */
record OptionValue(String value, String where, String origin) {
  static OptionValue byArgument(String name, String value) {
    return new OptionValue(value, "--" + name, "argument");
  }

  static OptionValue byEnvironment(String variable, String value) {
    return new OptionValue(value, variable, variable);
  }

  static OptionValue byFile(Path file, String key, String value) {
    return new OptionValue(value, file + ": " + key, file.toString());
  }
}
