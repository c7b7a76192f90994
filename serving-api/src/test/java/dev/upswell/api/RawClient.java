package dev.upswell.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Optional;

/** Sends requests as they are, which the JDK's client would refuse to. Not thread-safe. */
final class RawClient implements AutoCloseable {
  private static final int MILLIS = 20_000;

  private final int port;
  private Optional<Socket> connection = Optional.empty();

  RawClient(int port) {
    this.port = port;
  }

  /** An answer, with its body. */
  record Answer(int status, String body) {}

  Answer send(HostileRequests.Request request) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append(' ').append(request.path()).append(" HTTP/1.1\r\n");
    text.append("host: localhost\r\n");
    if (!request.authorization().isEmpty()) {
      text.append("authorization: Bearer ").append(request.authorization()).append("\r\n");
    }
    byte[] body = request.body().getBytes(UTF_8);
    if (request.method().equals("POST")) {
      text.append("content-type: application/json\r\ncontent-length: ").append(body.length);
      text.append("\r\n");
    }
    Socket socket = socket();
    socket.getOutputStream().write(text.append("\r\n").toString().getBytes(UTF_8));
    socket.getOutputStream().write(body);
    return read(new BufferedInputStream(socket.getInputStream(), 16_384), request.method());
  }

  private Socket socket() throws IOException {
    if (connection.isEmpty()) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(MILLIS);
      connection = Optional.of(socket);
    }
    return connection.get();
  }

  private Answer read(InputStream in, String method) throws IOException {
    String statusLine = line(in);
    int length = 0;
    boolean closes = false;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      closes |= lower.startsWith("connection:") && lower.contains("close");
    }
    String body = method.equals("HEAD") ? "" : new String(in.readNBytes(length), UTF_8);
    if (closes) {
      close();
    }
    return new Answer(Integer.parseInt(statusLine.split(" ", 3)[1]), body);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("connection closed after: " + line);
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    if (connection.isPresent()) {
      connection.get().close();
      connection = Optional.empty();
    }
  }
}
