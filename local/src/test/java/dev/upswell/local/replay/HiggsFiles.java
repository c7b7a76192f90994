package dev.upswell.local.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small files in the format of the Higgs dataset. */
final class HiggsFiles {
  /** 2012-07-04T06:00:00Z. */
  static final long SIX = 1_341_381_600;

  private HiggsFiles() {}

  static void write(Path directory, String edges, String activities) throws IOException {
    gzip(directory.resolve("higgs-retweet_network.edgelist.gz"), edges);
    gzip(directory.resolve("higgs-activity_time.txt.gz"), activities);
  }

  private static void gzip(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
