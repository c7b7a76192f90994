package dev.upswell.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds free TCP ports of the loop-back interface. */
public final class Ports {
  // Below the range of ports for outgoing connections, so that a restarted server finds its port
  // free.
  private static final int FIRST = 20_000;
  private static final int LAST = 31_999;
  private static final int ATTEMPTS = 200;

  private Ports() {}

  /**
   * Returns a free port from 20,000 to 31,999.
   *
   * @throws ProcessFailedException if many tries found none
   */
  public static int free() {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new ProcessFailedException("no free port found between " + FIRST + " and " + LAST);
  }

  /**
   * Checks that a port is free. Otherwise another program would answer the readiness probe.
   *
   * @throws ProcessFailedException if another program listens there
   */
  static void requireFree(String server, int port) {
    if (!isFree(port)) {
      throw new ProcessFailedException(
          server + " cannot have port " + port + ": another program listens there");
    }
  }

  /** Returns whether a port is free. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
