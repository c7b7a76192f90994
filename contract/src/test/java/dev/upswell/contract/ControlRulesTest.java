package dev.upswell.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.upswell.contract.events.Control;
import dev.upswell.contract.events.Video;
import org.junit.jupiter.api.Test;

class ControlRulesTest {
  private static final Control PULL_ABOVE =
      Control.newBuilder()
          .setJob("fanout")
          .setType(Control.Type.PULL_ABOVE)
          .setAt(Specimens.AT.toEpochMilli())
          .setPullAbove(100)
          .build();

  private static <T extends Message> String reason(EventType<T> type, T event) {
    EventCodec<T> codec = new EventCodec<>(type, Specimens.CLOCK);
    String reason = codec.validate(event).map(Violation::toString).orElse("");
    Decoded<T> decoded = codec.decode(codec.encodeProtobuf(event));
    assertThat(decoded instanceof Decoded.Bad<T> bad ? bad.reason() : "").isEqualTo(reason);
    return reason;
  }

  private static String reason(Control.Builder control) {
    return reason(EventType.CONTROL, control.build());
  }

  @Test
  void commandsRequireJobTypeAndTime() {
    assertThat(reason(PULL_ABOVE.toBuilder())).isEmpty();
    assertThat(reason(PULL_ABOVE.toBuilder().clearJob())).isEqualTo("job: \"\" (expected: a text)");
    assertThat(reason(PULL_ABOVE.toBuilder().clearType()))
        .startsWith("type: TYPE_UNSPECIFIED (expected: ")
        .contains("PULL_ABOVE");
    assertThat(reason(PULL_ABOVE.toBuilder().setTypeValue(99))).startsWith("type: 99 (expected: ");
    assertThat(reason(PULL_ABOVE.toBuilder().clearAt())).startsWith("at: 0 (expected: ");
  }

  @Test
  void negativePullThresholdsAreRejected() {
    assertThat(reason(PULL_ABOVE.toBuilder().setPullAbove(-1)))
        .isEqualTo("pullAbove: -1 (expected: 0 or more)");
    assertThat(reason(PULL_ABOVE.toBuilder().clearPullAbove())).isEmpty();
    assertThat(reason(PULL_ABOVE.toBuilder().setPullAbove(Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void visibilityIsOptionalAndUnknownValuesAreRejected() {
    Video video = Specimens.of(EventType.VIDEOS);

    assertThat(reason(EventType.VIDEOS, video.toBuilder().clearVisibility().build())).isEmpty();
    for (Video.Visibility visibility :
        new Video.Visibility[] {
          Video.Visibility.PUBLIC, Video.Visibility.FOLLOWERS, Video.Visibility.PRIVATE
        }) {
      assertThat(reason(EventType.VIDEOS, video.toBuilder().setVisibility(visibility).build()))
          .isEmpty();
    }
    assertThat(reason(EventType.VIDEOS, video.toBuilder().setVisibilityValue(9).build()))
        .isEqualTo("visibility: 9 (expected: PUBLIC, FOLLOWERS, PRIVATE)");
  }
}
