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
 * Writes a view's bytes, to be read again behind the wire. Only needed where somebody switched off
 * operator chaining: the operators that take these records stand in one chain with the source.
 */
final class ViewRecordSerializer extends WireSerializer<ViewRecord> {
  private static final long serialVersionUID = 1L;

  /** Far enough, and still a number of milliseconds. */
  private static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE / 2);

  @Override
  public void serialize(ViewRecord record, DataOutputView out) throws IOException {
    out.writeBoolean(record.letter().isPresent());
    out.writeBoolean(record.afterClosing());
    write(record.raw(), out);
    if (record.letter().isPresent()) {
      write(record.letter().get().toByteArray(), out);
    }
  }

  @Override
  public ViewRecord deserialize(DataInputView in) throws IOException {
    ViewRecord record = new ViewRecord();
    boolean letter = in.readBoolean();
    boolean afterClosing = in.readBoolean();
    byte[] raw = read(in);
    if (letter) {
      record.isLetter(raw, DeadLetter.parseFrom(read(in)));
      return record;
    }
    // It was a view when it was written, so no time is too late.
    var wrong = new ViewDecoder(InstantSource.fixed(END_OF_TIME)).decode(raw, record.view());
    if (wrong.isPresent()) {
      throw new IOException("a view that is none any more: " + wrong.get());
    }
    record.isView(raw);
    if (afterClosing) {
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
