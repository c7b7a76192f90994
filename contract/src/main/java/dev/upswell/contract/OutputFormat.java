package dev.upswell.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/** How records are written to the topics that go out. */
public enum OutputFormat {
  /**
   * Protobuf's JSON mapping, in UTF-8 without whitespace. Every field is written, also a count of 0
   * and an empty list: to an analyst's table a field that is left out would be unknown, not 0.
   * Messages within messages are left out when they are not set.
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
   * Writes a message.
   *
   * @throws IllegalArgumentException if JSON cannot hold it, such as a Timestamp after the year
   *     9999
   */
  public abstract byte[] encode(Message message);
}
