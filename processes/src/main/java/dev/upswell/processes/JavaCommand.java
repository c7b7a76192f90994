package dev.upswell.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of another JVM, of the version that runs this one. */
public final class JavaCommand {
  private JavaCommand() {}

  /**
   * Returns flags for files that the JVM and its libraries unpack, so that they stay in a folder. A
   * killed process does not delete them.
   *
   * @param directory gets a folder {@code tmp}
   * @throws ProcessFailedException if the folder cannot be created
   */
  public static List<String> tidyIn(Path directory) {
    try {
      Path temp = Files.createDirectories(directory.toAbsolutePath().resolve("tmp"));
      return List.of("-Djava.io.tmpdir=" + temp, "-XX:-UsePerfData");
    } catch (IOException e) {
      throw new ProcessFailedException("no folder for temporary files: " + e, e);
    }
  }

  /** {@code java flags… -cp classpath mainClass arguments…} */
  public static List<String> of(
      List<String> flags, String classpath, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-cp");
    command.add(classpath);
    command.add(mainClass);
    command.addAll(arguments);
    return List.copyOf(command);
  }
}
