package dev.upswell.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/** Encoding of the output topics. */
public enum OutputFormat {
  /**
   * Protobuf's JSON mapping, in UTF-8 without white space. Every field is written, including a
   * count of 0 and an empty list, because SQL tables read an absent field as unknown. Unset nested
   * messages are omitted.
   */
  JSON {
    @Override
    public byte[] encode(Message message) {
      try {
        return PRINTER.print(message).getBytes(UTF_8);
      } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
        throw new IllegalArgumentException(
            message.getDescriptorForType().getName() + " has no JSON form: " + e.getMessage(), e);
      }
    }
  },
  /** Protobuf. */
  PROTOBUF {
    @Override
    public byte[] encode(Message message) {
      return message.toByteArray();
    }
  };

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace().alwaysPrintFieldsWithNoPresence();

  /**
   * Encodes a message.
   *
   * @throws IllegalArgumentException if JSON cannot represent it, such as a Timestamp after the
   *     year 9999
   */
  public abstract byte[] encode(Message message);
}
