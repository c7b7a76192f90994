package dev.upswell.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a JVM that logs by Log4j 2 write to its standard output, which is its log file. */
final class ConsoleLogging {
  private static final String FILE = "log4j2.properties";
  private static final String CONFIGURATION =
      """
      appender.console.type=Console
      appender.console.name=console
      appender.console.layout.type=PatternLayout
      appender.console.layout.pattern=%d{ISO8601}{UTC}Z %-5p [%t] %c{1.} %m%n
      rootLogger.level=INFO
      rootLogger.appenderRef.console.ref=console
      """;

  private ConsoleLogging() {}

  static void write(Path directory) throws IOException {
    Files.writeString(directory.resolve(FILE), CONFIGURATION);
  }

  /** JVM flag with the configuration of Log4j that {@link #write} wrote. */
  static String flag(Path directory) {
    return "-Dlog4j2.configurationFile=" + directory.resolve(FILE).toUri();
  }
}
