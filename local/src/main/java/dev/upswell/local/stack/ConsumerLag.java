package dev.upswell.local.stack;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Lag of a consumer group in records. A job commits its offsets with each checkpoint. */
final class ConsumerLag implements AutoCloseable {
  private static final long ASK_SECONDS = 10;

  private final Admin admin;
  private final String group;

  ConsumerLag(String bootstrapServers, String group) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.group = group;
  }

  /** Records written and not yet read, in the partitions that the group has read from. */
  long records() {
    try {
      Map<TopicPartition, OffsetAndMetadata> read =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(ASK_SECONDS, TimeUnit.SECONDS);
      if (read.isEmpty()) {
        return Long.MAX_VALUE;
      }
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      read.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
      var ends = admin.listOffsets(latest).all().get(ASK_SECONDS, TimeUnit.SECONDS);
      long written = ends.values().stream().mapToLong(end -> end.offset()).sum();
      return written - read.values().stream().mapToLong(OffsetAndMetadata::offset).sum();
    } catch (ExecutionException | TimeoutException e) {
      throw new StackException("cannot ask Kafka what group " + group + " has read: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while asking Kafka", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
