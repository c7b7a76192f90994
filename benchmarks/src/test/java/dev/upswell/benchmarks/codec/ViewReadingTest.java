package dev.upswell.benchmarks.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ViewReadingTest {
  private final ViewRecords records = new ViewRecords();
  private final ViewReading reading = new ViewReading();

  @Test
  void everyWayReadsTheSameNumbers() throws IOException {
    long expected = reading.protobufParseFrom(records);

    assertThat(expected).isNotZero();
    assertThat(reading.protobufViewDecoder(records)).isEqualTo(expected);
    assertThat(reading.protobufEventCodec(records)).isEqualTo(expected);
    assertThat(reading.jsonViewDecoder(records)).isEqualTo(expected);
    assertThat(reading.jsonEventCodec(records)).isEqualTo(expected);
    assertThat(reading.jsonJacksonStream(records)).isEqualTo(expected);
    assertThat(reading.jsonJacksonRecord(records)).isEqualTo(expected);
    assertThat(reading.jsonJacksonTree(records)).isEqualTo(expected);
    assertThat(reading.jsonJsonFormat(records)).isEqualTo(expected);
  }
}
