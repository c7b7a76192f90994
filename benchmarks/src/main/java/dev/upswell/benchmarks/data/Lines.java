package dev.upswell.benchmarks.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** The lines of a compressed file. */
public final class Lines {
  private Lines() {}

  /**
   * Passes each line to a reader.
   *
   * @throws IllegalStateException if the file does not exist
   */
  public static void read(Path gzip, Consumer<String> reader) {
    if (!Files.isReadable(gzip)) {
      throw new IllegalStateException("--data: no file " + gzip.toAbsolutePath().normalize());
    }
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(gzip)), StandardCharsets.US_ASCII))) {
      lines.lines().forEach(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
