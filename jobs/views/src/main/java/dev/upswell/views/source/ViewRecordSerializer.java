package dev.upswell.views.source;

import dev.upswell.contract.events.DeadLetter;
import dev.upswell.runtime.types.WireSerializer;
import dev.upswell.views.decode.ViewDecoder;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes the bytes of a view and decodes them again. Used only where operator chaining is
 * disabled, because the operators of these records are chained to the source.
 */
final class ViewRecordSerializer extends WireSerializer<ViewRecord> {
  private static final long serialVersionUID = 1L;

  /** A far future that still fits milliseconds. */
  private static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE / 2);

  @Override
  public void serialize(ViewRecord record, DataOutputView out) throws IOException {
    out.writeBoolean(record.deadLetter().isPresent());
    out.writeBoolean(record.late());
    write(record.raw(), out);
    if (record.deadLetter().isPresent()) {
      write(record.deadLetter().get().toByteArray(), out);
    }
  }

  @Override
  public ViewRecord deserialize(DataInputView in) throws IOException {
    ViewRecord record = new ViewRecord();
    boolean letter = in.readBoolean();
    boolean late = in.readBoolean();
    byte[] raw = read(in);
    if (letter) {
      record.isLetter(raw, DeadLetter.parseFrom(read(in)));
      return record;
    }
    // The view was valid when it was serialized, so its time is not checked again.
    var wrong = new ViewDecoder(InstantSource.fixed(END_OF_TIME)).decode(raw, record.view());
    if (wrong.isPresent()) {
      throw new IOException("invalid serialized view: " + wrong.get());
    }
    record.isView(raw);
    if (late) {
      record.cameAfterClosing();
    }
    return record;
  }

  private static void write(byte[] bytes, DataOutputView out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] read(DataInputView in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
