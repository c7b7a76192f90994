package dev.upswell.benchmarks.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.upswell.contract.events.FeedDelivery;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reported deliveries of the job. Used by one thread. */
final class Deliveries implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration MOST = Duration.ofMinutes(4);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<Long, FeedDelivery> byVideo = new HashMap<>();

  Deliveries(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Deployment.TOPICS.feedDeliveries()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads the available records, or waits for a limited time if there are none. */
  void read(Duration wait) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      FeedDelivery delivery = parse(record.value());
      byVideo.put(delivery.getVideoId(), delivery);
    }
  }

  boolean has(long videoId) {
    return byVideo.containsKey(videoId);
  }

  /**
   * Waits for the delivery report of all videos to all followers, and returns it.
   *
   * @throws IllegalStateException if a follower is missing, or it takes four minutes
   */
  List<FeedDelivery> await(Collection<Long> videoIds) {
    long begun = System.nanoTime();
    for (long videoId : videoIds) {
      while (!has(videoId)) {
        if (System.nanoTime() - begun > MOST.toNanos()) {
          throw new IllegalStateException(
              "video %d is not delivered after %d s".formatted(videoId, MOST.toSeconds()));
        }
        read(POLL);
      }
    }
    return videoIds.stream().map(this::complete).toList();
  }

  private FeedDelivery complete(long videoId) {
    @Nullable FeedDelivery delivery = byVideo.get(videoId);
    if (delivery == null || delivery.getPushed() != delivery.getPlanned()) {
      throw new IllegalStateException("not every follower got video " + videoId + ": " + delivery);
    }
    return delivery;
  }

  private static FeedDelivery parse(byte[] json) {
    try {
      FeedDelivery.Builder delivery = FeedDelivery.newBuilder();
      JsonFormat.parser().merge(new String(json, UTF_8), delivery);
      return delivery.build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a delivery cannot be read", e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
