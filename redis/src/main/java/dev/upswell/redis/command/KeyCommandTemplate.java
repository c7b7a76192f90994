package dev.upswell.redis.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.protocol.CommandType;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * Encoded command without its key, which is the first argument: the bytes before and after the key.
 * Thread-safe.
 */
public final class KeyCommandTemplate {
  private final CommandType type;
  private final byte[] head;
  private final byte[] tail;

  /** A command with these arguments behind the key. */
  public KeyCommandTemplate(CommandType type, byte[]... arguments) {
    this.type = type;
    this.head = ascii("*%d\r\n$%d\r\n%s\r\n", 2 + arguments.length, type.name().length(), type);
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    rest.writeBytes(ascii("\r\n"));
    for (byte[] argument : arguments) {
      rest.writeBytes(ascii("$%d\r\n", argument.length));
      rest.writeBytes(argument);
      rest.writeBytes(ascii("\r\n"));
    }
    this.tail = rest.toByteArray();
  }

  private static byte[] ascii(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).getBytes(US_ASCII);
  }

  public CommandType type() {
    return type;
  }

  public byte[] head() {
    return head;
  }

  public byte[] tail() {
    return tail;
  }
}
