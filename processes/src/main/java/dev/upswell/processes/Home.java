package dev.upswell.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The root of the repository, where the class paths of the programs to start are found. */
public final class Home {
  /** The system property that names it; the build and {@code ./run} set it. */
  public static final String PROPERTY = "upswell.home";

  private Home() {}

  /**
   * The root of the repository, absolute.
   *
   * @throws ProcessFailedException when the system property is not set
   */
  public static Path directory() {
    String home = System.getProperty(PROPERTY, "");
    if (home.isEmpty()) {
      throw new ProcessFailedException(
          "-D" + PROPERTY + ": not set (expected: the root of the repository)");
    }
    return Path.of(home).toAbsolutePath().normalize();
  }

  /**
   * The class path that a module's build wrote to {@code target/classpath}.
   *
   * @param module the module's folder, relative to the root, such as "processes/kafka"
   * @throws ProcessFailedException when the module has not been built
   */
  public static String classpath(String module) {
    Path file = directory().resolve(module).resolve("target").resolve("classpath");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new ProcessFailedException(
          "cannot read "
              + file
              + "; build it with: mvn -q -DskipTests -pl "
              + module
              + " -am package",
          e);
    }
  }
}
