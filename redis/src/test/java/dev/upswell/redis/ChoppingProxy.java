package dev.upswell.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands before a server and hands its replies on in pieces of 1 to 7 bytes. */
public final class ChoppingProxy implements AutoCloseable {
  private static final int MOST = 7;

  private final ServerSocket listening;
  private final int port;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private ChoppingProxy(ServerSocket listening, int port) {
    this.listening = listening;
    this.port = port;
  }

  public static ChoppingProxy before(int port) throws IOException {
    ChoppingProxy proxy =
        new ChoppingProxy(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), port);
    daemon(proxy::accept);
    return proxy;
  }

  public String uri() {
    return "redis://127.0.0.1:" + listening.getLocalPort();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listening.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
      client.setTcpNoDelay(true);
      open.addAll(List.of(client, server));
      daemon(() -> client.getInputStream().transferTo(server.getOutputStream()));
      daemon(() -> chop(server.getInputStream(), client.getOutputStream()));
    }
  }

  private static void chop(InputStream from, OutputStream to) throws IOException {
    Random lengths = new Random(42);
    byte[] piece = new byte[MOST];
    int length;
    while ((length = from.read(piece, 0, 1 + lengths.nextInt(MOST))) >= 0) {
      to.write(piece, 0, length);
      to.flush();
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
                // The end of the test.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
