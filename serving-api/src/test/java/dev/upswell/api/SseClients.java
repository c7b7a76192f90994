package dev.upswell.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Clients of streams, all of them read by one thread. */
final class SseClients implements AutoCloseable {
  private final int port;
  private final Selector selector;
  private final List<Client> clients = new ArrayList<>();
  private final Thread reader = new Thread(this::read, "sse-clients");
  private volatile boolean isOver;

  SseClients(int port) throws IOException {
    this.port = port;
    this.selector = Selector.open();
    reader.setDaemon(true);
    reader.start();
  }

  /** One of them: what it has read, all of which it keeps. */
  final class Client {
    private final SocketChannel channel;
    private final StringBuilder text = new StringBuilder();
    private volatile boolean reads = true;
    private volatile boolean isOver;

    private Client(SocketChannel channel) {
      this.channel = channel;
    }

    synchronized String text() {
      return text.toString();
    }

    boolean has(String part) {
      return text().contains(part);
    }

    int events() {
      return text().split("\nevent:lists\n", -1).length - 1;
    }

    /** Whether the server closed the connection. */
    boolean isOver() {
      return isOver;
    }

    void send(String more) throws IOException {
      channel.write(ByteBuffer.wrap(more.getBytes(UTF_8)));
    }

    void stopReading() {
      reads = false;
    }

    void goOnReading() {
      reads = true;
      channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
      selector.wakeup();
    }

    private synchronized boolean take(ByteBuffer buffer) throws IOException {
      buffer.clear();
      int size = channel.read(buffer);
      if (size > 0) {
        text.append(UTF_8.decode(buffer.flip()));
      }
      return size >= 0;
    }
  }

  Client open(String path, String... headers) throws IOException {
    SocketChannel channel = SocketChannel.open();
    // The smallest buffer of the system, so that a client that does not read is soon detected.
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    Client client = new Client(channel);
    client.send("GET " + path + " HTTP/1.1\r\nhost: localhost\r\n" + more + "\r\n");
    channel.configureBlocking(false);
    clients.add(client);
    channel.register(selector, SelectionKey.OP_READ, client);
    selector.wakeup();
    return client;
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocate(65_536);
    try {
      while (!isOver) {
        selector.select(
            key -> {
              Client client = (Client) key.attachment();
              try {
                if (!client.reads) {
                  key.interestOps(0);
                } else if (!client.take(buffer)) {
                  client.isOver = true;
                  key.cancel();
                }
              } catch (IOException e) {
                key.cancel();
              }
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    isOver = true;
    selector.wakeup();
    for (Client client : clients) {
      client.channel.close();
    }
    selector.close();
  }
}
