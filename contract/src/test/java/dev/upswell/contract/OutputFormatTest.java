package dev.upswell.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.upswell.contract.events.DeadLetter;
import org.junit.jupiter.api.Test;

class OutputFormatTest {
  private static final DeadLetter LETTER =
      DeadLetter.newBuilder()
          .setTopic("upswell.views")
          .setReason("viewerId: 0 (expected: a positive 63-bit integer)")
          .setRaw(ByteString.copyFromUtf8("{}"))
          .setAt(Timestamp.newBuilder().setSeconds(1_767_323_045))
          .build();

  @Test
  void jsonHasZeroFieldsTimesAsTextAndBytesInBase64() {
    assertThat(new String(OutputFormat.JSON.encode(LETTER), UTF_8))
        .isEqualTo(
            """
            {"topic":"upswell.views","partition":0,"offset":"0",\
            "reason":"viewerId: 0 (expected: a positive 63-bit integer)",\
            "raw":"e30=","at":"2026-01-02T03:04:05Z"}""");
  }

  @Test
  void protobufSurvivesEncodingAndDecoding() throws Exception {
    assertThat(DeadLetter.parseFrom(OutputFormat.PROTOBUF.encode(LETTER))).isEqualTo(LETTER);
  }

  @Test
  void timesWithoutJsonFormAreRejected() {
    DeadLetter never =
        LETTER.toBuilder().setAt(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)).build();
    assertThatThrownBy(() -> OutputFormat.JSON.encode(never))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DeadLetter");
  }
}
