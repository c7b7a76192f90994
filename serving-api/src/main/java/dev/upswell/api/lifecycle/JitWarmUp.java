package dev.upswell.api.lifecycle;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to the server before it is ready, so that classes are loaded and code is compiled
 * for the first users.
 */
public final class JitWarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(JitWarmUp.class);
  private static final int MILLIS = 1_000;
  private static final byte[] ASK =
      "GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private JitWarmUp() {}

  /**
   * Runs the warm-up for a time. A failure ends it early without effect on readiness.
   *
   * @param host address of the server
   * @param work repeated work
   */
  public static void run(Duration time, String host, int port, Runnable work) {
    long end = System.nanoTime() + time.toNanos();
    if (time.isZero()) {
      return;
    }
    try (Socket socket = new Socket()) {
      InetAddress address = InetAddress.getByName(host);
      InetSocketAddress server =
          new InetSocketAddress(
              address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address, port);
      socket.setSoTimeout(MILLIS);
      socket.connect(server, MILLIS);
      do {
        work.run();
        ask(socket);
      } while (System.nanoTime() < end);
    } catch (IOException | RuntimeException e) {
      LOG.warn("warm-up ended early: {}", e.toString());
    }
  }

  private static void ask(Socket socket) throws IOException {
    socket.getOutputStream().write(ASK);
    InputStream in = socket.getInputStream();
    byte[] some = new byte[1_024];
    if (in.read(some) < 0) {
      throw new IOException("no response");
    }
  }
}
