package dev.upswell.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.util.JsonFormat;
import dev.upswell.contract.events.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes down the schema of a release, which {@link ReleasesTest} holds every later one against.
 * Once for each release, with its version:
 *
 * <pre>{@code
 * mvn -pl contract test-compile org.codehaus.mojo:exec-maven-plugin:3.6.2:java \
 *     -Dexec.mainClass=dev.upswell.contract.ReleaseSnapshot -Dexec.classpathScope=test \
 *     -Dexec.args=0.2.0
 * }</pre>
 *
 * <p>What was released is never written again: it refuses a version that has its folder. Only while
 * a version is not out yet may its folder be deleted and written again.
 */
public final class ReleaseSnapshot {
  private ReleaseSnapshot() {}

  /** Takes the version, and optionally the folder of the module if it is not the working one. */
  public static void main(String[] args) throws IOException {
    if (args.length == 0 || !args[0].matches("\\d+\\.\\d+\\.\\d+")) {
      throw new IllegalArgumentException("version: none (expected: such as 0.2.0)");
    }
    // Plugins run in the folder that Maven was started in.
    Path module = Files.exists(Releases.folder()) ? Path.of("") : Path.of("contract");
    Path folder = module.resolve(Releases.folder()).resolve(args[0]);
    if (Files.exists(folder)) {
      throw new IllegalArgumentException(folder + " is there already, and releases do not change");
    }
    write(folder);
    System.out.println("wrote " + folder);
  }

  private static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(Releases.SCHEMA), Events.getDescriptor().toProto().toByteArray());
    for (Message message : Releases.messages()) {
      Message filled = Specimens.fill(message.newBuilderForType()).build();
      String name = message.getDescriptorForType().getName();
      Files.write(folder.resolve(name + ".pb"), filled.toByteArray());
      Files.writeString(folder.resolve(name + ".json"), JsonFormat.printer().print(filled) + "\n");
      Files.write(
          folder.resolve(name + ".txtpb"),
          TextFormat.printer().escapingNonAscii(false).printToString(filled).getBytes(UTF_8));
    }
  }
}
