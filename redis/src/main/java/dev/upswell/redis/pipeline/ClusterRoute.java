package dev.upswell.redis.pipeline;

import dev.upswell.redis.RedisUnavailableException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Splits pipelines by the cluster nodes of their keys. Thread-safe.
 *
 * <p>A moved key fails its pipeline and triggers a refresh of the cluster topology. The caller
 * retries pipelines anyway, and a redirect per key would need an object each.
 */
public final class ClusterRoute implements PipelineRoute {
  private final RedisClusterClient client;
  private final StatefulRedisClusterConnection<byte[], byte[]> cluster;
  private final PipelineSender sender;
  private final ReplyTimeouts deadlines;
  private final AtomicBoolean refreshing = new AtomicBoolean();

  public ClusterRoute(
      RedisClusterClient client,
      StatefulRedisClusterConnection<byte[], byte[]> cluster,
      PipelineSender sender,
      ReplyTimeouts deadlines) {
    this.client = client;
    this.cluster = cluster;
    this.sender = sender;
    this.deadlines = deadlines;
  }

  @Override
  public CompletableFuture<Void> send(Pipeline batch) {
    ClusterPipeline scattered = new ClusterPipeline(batch);
    try {
      cluster.dispatch(scattered.commands());
    } catch (RuntimeException e) {
      // Rejected as a whole, such as by a full queue: fails the remaining commands.
      scattered.fail(e);
    }
    return deadlines.watch(scattered.done(), scattered::cancel);
  }

  @Override
  public CompletableFuture<long[]> send(KeyPipeline batch) {
    Collection<Part> parts;
    try {
      parts = parts(batch);
    } catch (RedisUnavailableException e) {
      refresh();
      return CompletableFuture.failedFuture(e);
    }
    long[] answers = new long[batch.size()];
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (Part part : parts) {
      int[] places = part.places();
      sent.add(
          send(batch.part(places), part.node)
              .thenAccept(
                  some -> {
                    for (int i = 0; i < places.length; i++) {
                      answers[places[i]] = some[i];
                    }
                  }));
    }
    return CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> answers);
  }

  private CompletableFuture<long[]> send(KeyPipeline part, RedisURI node) {
    KeyPipelineOutput replies = new KeyPipelineOutput(part);
    return sender
        .send(replies, connection(node))
        .whenComplete(
            (done, failure) -> {
              if (replies.isRedirected()) {
                refresh();
              }
            })
        .thenApply(done -> replies.get());
  }

  /** By address, as Lettuce does for single commands: so both share a connection, and its order. */
  private CompletionStage<StatefulRedisConnection<byte[], byte[]>> connection(RedisURI node) {
    try {
      return cluster.getConnectionAsync(node.getHost(), node.getPort());
    } catch (RedisException e) {
      // The node has left the cluster since its slots were looked up.
      return CompletableFuture.failedFuture(e);
    }
  }

  private void refresh() {
    if (refreshing.compareAndSet(false, true)) {
      client.refreshPartitionsAsync().whenComplete((done, failed) -> refreshing.set(false));
    }
  }

  private Collection<Part> parts(KeyPipeline batch) {
    Partitions partitions = cluster.getPartitions();
    Map<String, Part> parts = new HashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      int slot = SlotHash.getSlot(batch.key(i));
      RedisClusterNode node = partitions.getMasterBySlot(slot);
      if (node == null) {
        throw new RedisUnavailableException("no node of the cluster has slot " + slot);
      }
      parts.computeIfAbsent(node.getNodeId(), id -> new Part(node.getUri(), batch.size())).add(i);
    }
    return parts.values();
  }

  /** The keys of one node. */
  private static final class Part {
    private final RedisURI node;
    private final int[] places;
    private int size;

    Part(RedisURI node, int most) {
      this.node = node;
      this.places = new int[most];
    }

    void add(int place) {
      places[size++] = place;
    }

    int[] places() {
      return Arrays.copyOf(places, size);
    }
  }
}
