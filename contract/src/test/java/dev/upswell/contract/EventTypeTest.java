package dev.upswell.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTypeTest {
  static List<EventType<?>> types() {
    return EventType.all();
  }

  @Test
  void everyInputTopicHasOneType() {
    assertThat(EventType.all())
        .extracting(EventType::name)
        .containsExactly(
            "uploads",
            "videos",
            "views",
            "engagements",
            "follows",
            "sessions",
            "impressions",
            "control");
  }

  @ParameterizedTest
  @MethodSource("types")
  void topicsArePrefixAndName(EventType<?> type) {
    assertThat(type.topic(new Topics("test."))).isEqualTo("test." + type.name());
  }

  @ParameterizedTest
  @MethodSource("types")
  void typesAreFoundByName(EventType<?> type) {
    assertThat(EventType.byName(type.name())).isSameAs(type);
    assertThat(type).hasToString(type.name());
  }

  @Test
  void unknownTypeNamesAreRejected() {
    assertThatThrownBy(() -> EventType.byName("vidoes"))
        .hasMessage(
            "event type: vidoes (expected: uploads, videos, views, engagements, follows, sessions,"
                + " impressions, control)");
  }

  @ParameterizedTest
  @MethodSource("types")
  void typesKeepTheirIdentityWhenSerialized(EventType<?> type) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(type);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isSameAs(type);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  <T extends Message> void messageIsReadByItsOwnParser(EventType<T> type) throws Exception {
    T specimen = Specimens.of(type);
    assertThat(type.parser().parseFrom(specimen.toByteArray())).isEqualTo(specimen);
    assertThat(specimen).isInstanceOf(type.type());
    assertThat(type.defaultInstance().getSerializedSize()).isZero();
  }

  @ParameterizedTest
  @MethodSource("types")
  <T extends Message> void timeIsTheEventTime(EventType<T> type) {
    assertThat(type.timeOf(Specimens.of(type))).isEqualTo(Specimens.AT.toEpochMilli());
  }

  @Test
  void keysAreDecimalIds() {
    assertThat(
            EventType.VIEWS.keyBytes(
                View.newBuilder().setViewerId(71).setVideoId(72).setCreatorId(73).build()))
        .isEqualTo("71".getBytes(UTF_8));
    assertThat(EventType.VIDEOS.keyOf(Video.newBuilder().setVideoId(72).setCreatorId(73).build()))
        .isEqualTo(73);
    assertThat(
            EventType.FOLLOWS.keyOf(Follow.newBuilder().setFollowerId(1).setFolloweeId(2).build()))
        .isEqualTo(1);
    assertThat(EventType.UPLOADS.keyOf(Specimens.of(EventType.UPLOADS)))
        .isEqualTo(Specimens.of(EventType.UPLOADS).getVideoId());
    assertThat(EventType.ENGAGEMENTS.keyOf(Specimens.of(EventType.ENGAGEMENTS)))
        .isEqualTo(Specimens.of(EventType.ENGAGEMENTS).getViewerId());
    assertThat(EventType.SESSIONS.keyOf(Specimens.of(EventType.SESSIONS)))
        .isEqualTo(Specimens.of(EventType.SESSIONS).getUserId());
    assertThat(EventType.IMPRESSIONS.keyOf(Specimens.of(EventType.IMPRESSIONS)))
        .isEqualTo(Specimens.of(EventType.IMPRESSIONS).getUserId());
  }
}
