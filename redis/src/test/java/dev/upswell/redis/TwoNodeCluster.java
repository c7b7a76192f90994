package dev.upswell.redis;

import static org.awaitility.Awaitility.await;

import dev.upswell.processes.ChildProcess;
import dev.upswell.processes.Ports;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import redis.embedded.core.ExecutableProvider;

/** A cluster of two masters on this machine, the first with the lower half of the slots. */
public final class TwoNodeCluster implements AutoCloseable {
  private static final int HALF = SlotHash.SLOT_COUNT / 2;
  private static final int BUS = 10_000;

  /** Systems take the ports of outgoing connections from 32,768 on. */
  private static final int HIGHEST_PORT = 32_767 - BUS;

  private static final Duration READY = Duration.ofSeconds(30);

  private final RedisClient client = RedisClient.create();
  private final List<Node> nodes;

  /** A node and a connection to it alone. */
  public record Node(ChildProcess process, int port, RedisCommands<String, String> commands) {}

  private TwoNodeCluster(Path directory) throws IOException {
    Path executable =
        ExecutableProvider.newJarResourceProvider(
                Files.createDirectories(directory.resolve("bin")).toFile())
            .get()
            .toPath();
    nodes = List.of(start(executable, directory, "a"), start(executable, directory, "b"));
  }

  public static TwoNodeCluster start(Path directory) throws IOException {
    TwoNodeCluster cluster = new TwoNodeCluster(directory);
    cluster.first().commands.clusterAddSlots(IntStream.range(0, HALF).toArray());
    cluster.second().commands.clusterAddSlots(IntStream.range(HALF, SlotHash.SLOT_COUNT).toArray());
    await().atMost(READY).until(cluster::isComplete);
    return cluster;
  }

  /** A node drops another one that does not answer in time, so the command may be repeated. */
  private boolean isComplete() {
    if (first().commands.clusterInfo().contains("cluster_known_nodes:1\r")) {
      first().commands.clusterMeet("127.0.0.1", second().port);
    }
    return nodes.stream()
        .allMatch(node -> node.commands.clusterInfo().contains("cluster_state:ok"));
  }

  /**
   * Nodes talk to each other on the port 10,000 above their own, without which Redis does not
   * start: it has to be free too, and none that an outgoing connection may get meanwhile.
   */
  private static int freePort() {
    return IntStream.generate(Ports::free)
        .filter(port -> port <= HIGHEST_PORT && Ports.isFree(port + BUS))
        .findFirst()
        .orElseThrow();
  }

  private Node start(Path executable, Path directory, String name) {
    int port = freePort();
    Path own = directory.resolve(name);
    List<String> command =
        List.of(
            executable.toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--cluster-enabled",
            "yes");
    ChildProcess process =
        ChildProcess.start("Redis " + name, command, own, own.resolve("redis.log"), Map.of());
    RedisURI uri = RedisURI.create("127.0.0.1", port);
    return new Node(
        process,
        port,
        await()
            .atMost(READY)
            .ignoreExceptions()
            .until(() -> client.connect(uri).sync(), c -> true));
  }

  public Node first() {
    return nodes.get(0);
  }

  public Node second() {
    return nodes.get(1);
  }

  public String uri() {
    return "redis-cluster://127.0.0.1:" + first().port + ",127.0.0.1:" + second().port;
  }

  /** Gives an empty slot of the first node to the second. */
  public void moveToSecond(int slot) {
    String owner = second().commands.clusterMyId();
    second().commands.clusterSetSlotNode(slot, owner);
    first().commands.clusterSetSlotNode(slot, owner);
  }

  @Override
  public void close() {
    client.shutdown();
    nodes.forEach(node -> node.process.close());
  }
}
