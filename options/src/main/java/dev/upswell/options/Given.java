package dev.upswell.options;

import java.nio.file.Path;

/**
 * A value as text, and where it came from.
 *
 * @param value the text
 * @param where what an error begins with, such as {@code --feed.max-entries}
 * @param origin what the listing of options calls it, such as {@code argument}
 */
record Given(String value, String where, String origin) {
  static Given byArgument(String name, String value) {
    return new Given(value, "--" + name, "argument");
  }

  static Given byEnvironment(String variable, String value) {
    return new Given(value, variable, variable);
  }

  static Given byFile(Path file, String key, String value) {
    return new Given(value, file + ": " + key, file.toString());
  }
}
