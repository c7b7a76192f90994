package dev.upswell.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Root of the checkout. */
final class Project {
  static final Path ROOT = Path.of(System.getProperty("upswell.home"));

  private Project() {}

  static String read(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
