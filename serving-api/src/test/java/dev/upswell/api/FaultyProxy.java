package dev.upswell.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Stands before a Redis and does to its connections what networks and servers do. */
final class FaultyProxy implements AutoCloseable {
  private static final byte[] ERROR = "-LOADING as if\r\n".getBytes(US_ASCII);

  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Random random = new Random(42);
  private final Object changed = new Object();
  private volatile int target;
  private volatile Fault fault = Fault.NONE;

  /** Kinds of faults. */
  enum Fault {
    /** Nothing. */
    NONE,
    /** Nothing passes in either direction; connections stay. */
    STOPPED,
    /** Each reply comes two seconds late. */
    SLOW,
    /** One in five requests and replies ends its connection instead. */
    CUTTING,
    /** Every command is answered by an error. */
    ERRORS,
    /** Connections are refused, and those that there are were closed. */
    GONE
  }

  private FaultyProxy(ServerSocket listening, int target) {
    this.listening = listening;
    this.target = target;
  }

  static FaultyProxy before(int port) throws IOException {
    FaultyProxy proxy =
        new FaultyProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    daemon(proxy::accept);
    return proxy;
  }

  String uri() {
    return "redis://127.0.0.1:" + listening.getLocalPort();
  }

  /** From now on this is wrong. */
  void set(Fault wrong) {
    synchronized (changed) {
      fault = wrong;
      changed.notifyAll();
    }
    if (wrong == Fault.GONE) {
      open.forEach(FaultyProxy::end);
    }
  }

  /** Fails over: connections are closed, and new ones lead to another server. */
  void leadTo(int port) {
    target = port;
    open.forEach(FaultyProxy::end);
  }

  /** Returns the number of client connections. */
  int connections() {
    return open.size() / 2;
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listening.accept();
      if (fault == Fault.GONE) {
        end(client);
        continue;
      }
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      open.addAll(List.of(client, server));
      daemon(() -> pass(client, server, true));
      daemon(() -> pass(server, client, false));
    }
  }

  private void pass(Socket from, Socket to, boolean isRequest) throws IOException {
    try (from;
        to) {
      byte[] bytes = new byte[65_536];
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int length;
      while ((length = in.read(bytes)) >= 0) {
        if (fault == Fault.ERRORS && isRequest) {
          answerErrors(bytes, length, from.getOutputStream());
          continue;
        }
        if (fault == Fault.CUTTING && random.nextInt(5) == 0) {
          return;
        }
        hold(isRequest);
        out.write(bytes, 0, length);
      }
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private void hold(boolean isRequest) throws IOException {
    try {
      if (fault == Fault.SLOW && !isRequest) {
        // To be late is the fault itself; no condition ends it.
        TimeUnit.SECONDS.sleep(2);
      }
      synchronized (changed) {
        while (fault == Fault.STOPPED) {
          changed.wait();
        }
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Each command of a client begins with a star at the beginning of a line. */
  private static void answerErrors(byte[] bytes, int length, OutputStream out) throws IOException {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '*' && (i == 0 || bytes[i - 1] == '\n')) {
        out.write(ERROR);
      }
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  private interface Loop {
    void run() throws IOException;
  }

  private static void daemon(Loop loop) {
    Thread thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } catch (IOException closed) {
                // The end of a connection, or of the test.
              }
            },
            "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    open.forEach(FaultyProxy::end);
  }
}
