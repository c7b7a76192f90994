package dev.upswell.benchmarks.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.upswell.contract.redis.RedisKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Queue;

/**
 * The limit: bytes that were encoded before, written to a bare socket, and replies that are only
 * counted. No client can do less.
 */
public final class SocketClient implements PushClient {
  private static final int BUFFER = 65_536;

  private final Socket socket;
  private final byte[][] encoded;
  private final int[] replies;
  private final Queue<Integer> awaited = new ArrayDeque<>();
  private final byte[] received = new byte[BUFFER];
  private int ahead;

  /**
   * Connects to a port of the loop-back interface and encodes all blocks.
   *
   * @param blocks ids of users; all of one length
   */
  public SocketClient(int port, long[][] blocks, Commands commands) {
    this.encoded = new byte[blocks.length][];
    this.replies = new int[blocks.length];
    BitSet renewed = commands.renewed(blocks[0].length);
    for (int i = 0; i < blocks.length; i++) {
      encode(i, blocks[i], renewed, commands.trims());
    }
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void encode(int block, long[] users, BitSet renewed, boolean trims) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < users.length; i++) {
      byte[] feed = RedisKeys.feed(users[i]);
      write(block, bytes, "LPUSHX", feed, FeedLists.ENTRY);
      if (trims) {
        write(block, bytes, "LTRIM", feed, decimal(0), decimal(FeedLists.MOST_ENTRIES - 1));
      }
      if (renewed.get(i)) {
        write(block, bytes, "EXPIRE", feed, decimal(FeedLists.TTL.toSeconds()));
      }
    }
    encoded[block] = bytes.toByteArray();
  }

  private void write(int block, ByteArrayOutputStream bytes, String name, byte[]... arguments) {
    bytes.writeBytes(("*" + (1 + arguments.length) + "\r\n").getBytes(US_ASCII));
    argument(bytes, name.getBytes(US_ASCII));
    for (byte[] argument : arguments) {
      argument(bytes, argument);
    }
    replies[block]++;
  }

  private static void argument(ByteArrayOutputStream bytes, byte[] argument) {
    bytes.writeBytes(("$" + argument.length + "\r\n").getBytes(US_ASCII));
    bytes.writeBytes(argument);
    bytes.writeBytes("\r\n".getBytes(US_ASCII));
  }

  private static byte[] decimal(long value) {
    return Long.toString(value).getBytes(US_ASCII);
  }

  @Override
  public void send(int block) {
    try {
      socket.getOutputStream().write(encoded[block]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaited.add(replies[block]);
  }

  @Override
  public void awaitOldest() {
    int missing = awaited.remove() - ahead;
    try {
      InputStream in = socket.getInputStream();
      while (missing > 0) {
        missing -= count(in.read(received));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ahead = -missing;
  }

  /** Every reply is a line: a number, OK, or an error behind a minus. */
  private int count(int length) throws IOException {
    if (length < 0) {
      throw new IOException("Redis closed the connection");
    }
    int lines = 0;
    for (int i = 0; i < length; i++) {
      byte b = received[i];
      if (b == '\n') {
        lines++;
      } else if (b == '-') {
        throw new IOException("Redis rejected a command");
      }
    }
    return lines;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
