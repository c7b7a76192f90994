package dev.upswell.contract;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.upswell.contract.events.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was released, as files: a folder a version, in it the schema ({@code events.desc}) and one
 * record of every message in both encodings ({@code View.pb}, {@code View.json}) and as it is meant
 * ({@code View.txtpb}, Protobuf's text format).
 */
final class Releases {
  static final String SCHEMA = "events.desc";

  private Releases() {}

  /** Where the folders are, seen from the folder of the module. */
  static Path folder() {
    return Path.of("src", "test", "resources", "releases");
  }

  static List<Path> all() {
    try (Stream<Path> versions = Files.list(folder())) {
      return versions.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every message that stands alone in a record. */
  static List<Message> messages() {
    return Events.getDescriptor().getMessageTypes().stream().map(Releases::defaultOf).toList();
  }

  private static Message defaultOf(Descriptor descriptor) {
    String name = Events.class.getPackageName() + "." + descriptor.getName();
    try {
      return (Message) Class.forName(name).getMethod("getDefaultInstance").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name + ": no generated class", e);
    }
  }
}
