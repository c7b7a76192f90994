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
 * Sends GET requests over one connection of HTTP/1.1, one at a time.
 *
 * <p>Uses a blocking socket, because the client shares the machine with the server. The client of
 * the JDK hands each response from thread to thread, which costs more than the response. Only
 * responses with a length are supported. Not thread-safe.
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
   * Requests a path and waits for the whole response.
   *
   * @throws IOException also for a response without a length
   */
  public Answer get(String path) throws IOException {
    return get(path, "");
  }

  /**
   * Requests a path with further headers, each ended by CR LF.
   *
   * @throws IOException also for a response without a length
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
