package dev.upswell.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VarintTest {
  @Property
  void bytesEqualThoseOfProtobuf(
      @ForAll long bits, @ForAll @IntRange(max = Long.SIZE - 1) int shift) throws IOException {
    // Shifted, so that all lengths are equally likely.
    long value = bits >>> shift;
    byte[] bytes = new byte[Varint.MAX_BYTES + 1];
    int end = Varint.write(value, bytes, 1);

    byte[] expected = new byte[CodedOutputStream.computeUInt64SizeNoTag(value)];
    CodedOutputStream.newInstance(expected).writeUInt64NoTag(value);
    assertThat(Arrays.copyOfRange(bytes, 1, end)).isEqualTo(expected);
    assertThat(Varint.size(value)).isEqualTo(expected.length);
    Varint.Reader reader = new Varint.Reader(bytes, 1);
    assertThat(reader.next()).isEqualTo(value);
    assertThat(reader.position()).isEqualTo(end);
    assertThat(CodedInputStream.newInstance(expected).readUInt64()).isEqualTo(value);
  }

  @Test
  void invalidNumbersAreRejected() {
    byte[] incomplete = {(byte) 0x80};
    byte[] endless = new byte[20];
    Arrays.fill(endless, 0, 19, (byte) 0x80);
    assertThatThrownBy(() -> new Varint.Reader(endless, 0).next())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("varint: 20 bytes (expected: 1..10)");
    assertThatThrownBy(() -> new Varint.Reader(incomplete, 0).next())
        .isInstanceOf(ArrayIndexOutOfBoundsException.class);
  }
}
