package dev.upswell.processes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of another JVM, of the version that runs this one. */
public final class JavaCommand {
  private JavaCommand() {}

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
