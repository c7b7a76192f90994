package dev.upswell.local.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.Decoded;
import dev.upswell.contract.EventCodec;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class MalformedRecordsTest {
  @Test
  void noneOfThemIsAnEvent() {
    assertThat(MalformedRecords.ALL)
        .hasSizeGreaterThanOrEqualTo(10)
        .allSatisfy(
            record -> {
              EventCodec<?> codec = new EventCodec<>(record.type(), InstantSource.system());
              assertThat(codec.decode(record.value().toByteArray()))
                  .as("%s", record.value().substring(0, Math.min(80, record.value().size())))
                  .isInstanceOf(Decoded.Bad.class);
            });
  }
}
