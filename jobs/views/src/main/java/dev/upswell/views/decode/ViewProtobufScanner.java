package dev.upswell.views.decode;

import static com.google.protobuf.WireFormat.WIRETYPE_FIXED32;
import static com.google.protobuf.WireFormat.WIRETYPE_FIXED64;
import static com.google.protobuf.WireFormat.WIRETYPE_LENGTH_DELIMITED;
import static com.google.protobuf.WireFormat.WIRETYPE_VARINT;

import com.google.protobuf.UnsafeByteOperations;
import dev.upswell.contract.EventCheck;
import dev.upswell.contract.TextSlice;
import dev.upswell.contract.Varint;
import dev.upswell.contract.events.View;

/**
 * Decodes a view from Protobuf in one pass over the bytes.
 *
 * <p>It gives up on everything that Protobuf writers do not write for a valid view: negative
 * numbers in known fields, groups, truncated records.
 */
final class ViewProtobufScanner {
  private static final int TAG_BITS = 3;
  private static final int TAG_MASK = 7;

  private byte[] source = {};
  private int position;
  private int end;
  private boolean givenUp;

  boolean scan(byte[] source, int offset, int end, ViewFields into) {
    this.source = source;
    this.position = offset;
    this.end = end;
    this.givenUp = false;
    into.clear();
    while (position < this.end && !givenUp) {
      field((int) varint(), into);
    }
    return !givenUp;
  }

  private void field(int tag, ViewFields into) {
    int number = tag >>> TAG_BITS;
    int wireType = tag & TAG_MASK;
    if (wireType == WIRETYPE_VARINT && number >= 1 && number <= View.DURATION_MS_FIELD_NUMBER) {
      into.setNumber(number, varint());
    } else if (wireType == WIRETYPE_LENGTH_DELIMITED
        && number >= View.EVENT_ID_FIELD_NUMBER
        && number <= View.IMPRESSION_ID_FIELD_NUMBER) {
      text(into.text(number));
    } else {
      skip(number, wireType);
    }
  }

  /**
   * Decodes a varint of at most nine bytes. Ten bytes are a negative number, which no known field
   * may have, and the two paths of the generated reader differ in the tenth. Does not use {@link
   * Varint}, because an invalid record must not cost an exception.
   */
  private long varint() {
    long value = 0;
    int at = position;
    for (int shift = 0; shift < 63 && at < end; shift += 7) {
      byte next = source[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        position = at;
        return value;
      }
    }
    givenUp = true;
    return 0;
  }

  private void text(TextSlice into) {
    long length = varint();
    // A text has at most as many characters as bytes; longer ones are counted by the codec.
    if (givenUp || length > end - position || length > EventCheck.MAX_CHARACTERS) {
      givenUp = true;
      return;
    }
    int size = (int) length;
    if (!isUtf8(size)) {
      givenUp = true;
      return;
    }
    into.set(source, position, size, false);
    position += size;
  }

  private boolean isUtf8(int size) {
    byte signs = 0;
    for (int i = position; i < position + size; i++) {
      signs |= source[i];
    }
    // Nearly all are ASCII, and cost no object.
    return signs >= 0 || UnsafeByteOperations.unsafeWrap(source, position, size).isValidUtf8();
  }

  private void skip(int number, int wireType) {
    if (number == 0) {
      givenUp = true;
      return;
    }
    switch (wireType) {
      case WIRETYPE_VARINT -> skipVarint();
      case WIRETYPE_FIXED64 -> skipBytes(Long.BYTES);
      case WIRETYPE_LENGTH_DELIMITED -> skipBytes(varint());
      case WIRETYPE_FIXED32 -> skipBytes(Integer.BYTES);
      default -> givenUp = true;
    }
  }

  private void skipBytes(long count) {
    if (count > end - position) {
      givenUp = true;
    } else {
      position += (int) count;
    }
  }

  private void skipVarint() {
    for (int i = 0; i < 10 && position < end; i++) {
      if (source[position++] >= 0) {
        return;
      }
    }
    givenUp = true;
  }
}
