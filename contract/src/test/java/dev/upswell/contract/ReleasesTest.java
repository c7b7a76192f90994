package dev.upswell.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.util.JsonFormat;
import dev.upswell.contract.events.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the schema of today against every one that was released. */
class ReleasesTest {
  static List<Path> releases() {
    return Releases.all();
  }

  static Stream<Arguments> records() {
    return Releases.all().stream()
        .flatMap(
            release ->
                Releases.messages().stream()
                    .filter(message -> Files.exists(file(release, message, "txtpb")))
                    .map(message -> Arguments.of(release, message)));
  }

  static Stream<Arguments> events() {
    return Releases.all().stream()
        .flatMap(
            release ->
                EventType.all().stream()
                    .filter(type -> Files.exists(file(release, type.defaultInstance(), "pb")))
                    .map(type -> Arguments.of(release, type)));
  }

  private static Path file(Path release, Message message, String extension) {
    return release.resolve(message.getDescriptorForType().getName() + "." + extension);
  }

  private static FileDescriptorProto schema(Path release) throws IOException {
    return FileDescriptorProto.parseFrom(Files.readAllBytes(release.resolve(Releases.SCHEMA)));
  }

  @Test
  void atLeastOneReleaseExists() {
    assertThat(Releases.all()).extracting(path -> path.getFileName().toString()).contains("0.1.0");
  }

  @ParameterizedTest
  @MethodSource("releases")
  void releasedSchemaIsUnchanged(Path release) throws IOException {
    assertThat(ReleasedSchema.breaches(schema(release), Events.getDescriptor().toProto()))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("releases")
  void everyReleasedMessageHasRecords(Path release) throws IOException {
    for (var message : schema(release).getMessageTypeList()) {
      assertThat(List.of("pb", "json", "txtpb"))
          .allSatisfy(
              extension ->
                  assertThat(release.resolve(message.getName() + "." + extension)).exists());
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void releasedRecordsAreReadEqually(Path release, Message message) throws IOException {
    Message.Builder meant = message.newBuilderForType();
    TextFormat.merge(Files.readString(file(release, message, "txtpb")), meant);
    assertThat(meant.getAllFields()).isNotEmpty();

    byte[] protobuf = Files.readAllBytes(file(release, message, "pb"));
    assertThat(message.getParserForType().parseFrom(protobuf)).isEqualTo(meant.build());

    // Not a field of the JSON is unknown today.
    Message.Builder json = message.newBuilderForType();
    JsonFormat.parser().merge(Files.readString(file(release, message, "json")), json);
    assertThat(json.build()).isEqualTo(meant.build());
  }

  @ParameterizedTest
  @MethodSource("events")
  <T extends Message> void eventsOfAReleaseStillKeepTheRules(Path release, EventType<T> type)
      throws IOException {
    EventCodec<T> codec = new EventCodec<>(type, Specimens.CLOCK);
    for (String extension : List.of("pb", "json")) {
      byte[] record = Files.readAllBytes(file(release, type.defaultInstance(), extension));
      assertThat(codec.decode(record)).isInstanceOf(Decoded.Good.class);
    }
  }
}
