package dev.upswell.views.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.contract.events.DeadLetter;
import dev.upswell.contract.events.View;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ViewRecordSerializerTest {
  private static final View VIEW =
      Views.view(42, 1_780_000_000_000L).toBuilder().setEventId("e").setRegion("BR").build();

  private final ViewRecordSerializer serializer = new ViewRecordSerializer();

  private ViewRecord throughTheWire(ViewRecord record) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    serializer.serialize(record, out);
    serializer.serialize(record, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    serializer.deserialize(in);
    ViewRecord second = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return second;
  }

  @Test
  void viewsSurviveSerialization() throws IOException {
    ViewRecord record = Views.record(VIEW);
    ViewRecord read = throughTheWire(record);
    assertThat(read.view().toView()).isEqualTo(VIEW);
    assertThat(read.raw()).isEqualTo(VIEW.toByteArray());
    assertThat(read.deadLetter()).isEmpty();
    assertThat(read.late()).isFalse();

    record.cameAfterClosing();
    assertThat(throughTheWire(record).late()).isTrue();
  }

  @Test
  void deadLettersSurviveSerialization() throws IOException {
    ViewRecord record = new ViewRecord();
    DeadLetter letter = DeadLetter.newBuilder().setReason("x").setPartition(3).build();
    record.isLetter(new byte[] {1, 2}, letter);
    ViewRecord read = throughTheWire(record);
    assertThat(read.deadLetter()).contains(letter);
    assertThat(read.raw()).containsExactly(1, 2);
  }

  @Test
  void invalidViewsAreRejected() {
    ViewRecord record = Views.record(VIEW);
    record.isView(new byte[] {1});
    assertThatThrownBy(() -> throughTheWire(record))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("invalid serialized view: ");
  }
}
