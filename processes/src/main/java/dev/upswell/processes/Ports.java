package dev.upswell.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds free TCP ports of the loop-back interface. */
public final class Ports {
  // Below the range from which systems take the ports of outgoing connections: a server that is
  // down
  // for a moment finds its port free when it comes back.
  private static final int FIRST = 20_000;
  private static final int LAST = 31_999;
  private static final int ATTEMPTS = 200;

  private Ports() {}

  /**
   * A port that was free a moment ago, from 20,000 to 31,999.
   *
   * @throws ProcessFailedException when none of many tries was free
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
   * Makes sure that a server can have the port: a probe of a server that could not would be
   * answered by the other one.
   *
   * @throws ProcessFailedException when another program listens there
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
