package dev.upswell.options;

import java.nio.file.Path;

/**
 * A value as text, and where it came from.
 *
 * @param value the text
 * @param where what an error begins with, such as {@code --feed.max-entries}
 * @param origin what the listing of options calls it, such as {@code argument}
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
