package dev.upswell.views.source;

import dev.upswell.contract.events.DeadLetter;
import dev.upswell.runtime.types.WireSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes the bytes of a view and decodes them again. Used only where operator chaining is
 * disabled, because the operators of these records are chained to the source.
 */
final class ViewRecordSerializer extends WireSerializer<ViewRecord> {
  private static final long serialVersionUID = 1L;

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
    boolean letter = in.readBoolean();
    boolean late = in.readBoolean();
    byte[] raw = read(in);
    if (letter) {
      ViewRecord record = new ViewRecord();
      record.isLetter(raw, DeadLetter.parseFrom(read(in)));
      return record;
    }
    try {
      return ViewRecord.ofView(raw, late);
    } catch (IllegalArgumentException e) {
      throw new IOException("invalid serialized view: " + e.getMessage(), e);
    }
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
