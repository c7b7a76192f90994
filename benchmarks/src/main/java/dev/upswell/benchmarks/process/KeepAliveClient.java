package dev.upswell.benchmarks.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;

/**
 * GET requests over one connection of HTTP/1.1, one at a time.
 *
 * <p>By hand, on a blocking socket: the client shares the machine with what it measures, and the
 * one of the JDK hands every answer from thread to thread, which costs more than the answer. It
 * knows only answers with a length, which are all that are measured. Not thread-safe.
 */
public final class KeepAliveClient implements AutoCloseable {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 10_000;
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;

  private KeepAliveClient(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = in;
  }

  /**
   * An answer.
   *
   * @param status such as 200
   */
  public record Answer(int status, String body) {}

  /** Connects to a port of the loop-back interface. */
  public static KeepAliveClient connect(int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(READ_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return new KeepAliveClient(socket, new BufferedInputStream(socket.getInputStream(), 16_384));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Asks for a path and waits for the whole answer.
   *
   * @throws IOException also when the answer has no length
   */
  public Answer get(String path) throws IOException {
    return get(path, "");
  }

  /**
   * Asks for a path with further headers, each ended by CR LF.
   *
   * @throws IOException also when the answer has no length
   */
  public Answer get(String path, String headers) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nhost: localhost\r\n" + headers + "\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    String statusLine = line();
    int length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
    }
    if (length < 0) {
      throw new IOException("no content-length after " + statusLine);
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("answer ends after " + body.length + " of " + length + " bytes");
    }
    return new Answer(Integer.parseInt(statusLine.split(" ", 3)[1]), new String(body, UTF_8));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("connection closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
