package dev.upswell.benchmarks.views;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.upswell.contract.OutputFormat;
import dev.upswell.contract.Topics;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Views in a topic, written before the measurement.
 *
 * @param views number of views
 * @param videos number of videos; viewed by Zipf's law with exponent 1.05
 * @param hotPercent percentage of views of one video
 * @param perSecond views per second of event time
 * @param format of the records
 */
record Traffic(int views, int videos, int hotPercent, int perSecond, OutputFormat format) {
  private static final double EXPONENT = 1.05;
  private static final int VIEWERS = 5_000_000;
  private static final long PUBLISHED_AT = Instant.parse("2026-01-02T00:00:00Z").toEpochMilli();
  private static final long HOT = VideoIds.at(PUBLISHED_AT, 0);
  private static final int VIDEOS_PER_CREATOR = 10;

  private static final String[] REGIONS = {"BR", "US", "IN", "ID", "DE"};

  /** Facts about the sent views. */
  record Sent(int differentVideos) {}

  /** Publishes all videos, as public ones without a category. */
  private void publish(
      KafkaProducer<byte[], byte[]> producer, String topic, AtomicReference<Exception> refused) {
    for (int rank = -1; rank < videos; rank++) {
      Video video =
          Video.newBuilder()
              .setVideoId(HOT + 1 + rank)
              .setCreatorId(creator(rank))
              .setType(Video.Type.PUBLISHED)
              .setAt(PUBLISHED_AT)
              .build();
      byte[] key = Long.toString(video.getCreatorId()).getBytes(UTF_8);
      send(producer, new ProducerRecord<>(topic, key, format.encode(video)), refused);
    }
  }

  private static long creator(int rank) {
    return 1L + Math.max(0, rank) / VIDEOS_PER_CREATOR;
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "linger.ms", "20",
            "batch.size", "524288",
            "buffer.memory", "134217728",
            "compression.type", "lz4"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      ProducerRecord<byte[], byte[]> record,
      AtomicReference<Exception> refused) {
    var unused =
        producer.send(
            record,
            (sent, failure) -> {
              if (failure != null) {
                refused.set(failure);
              }
            });
  }

  private static void check(AtomicReference<Exception> refused) {
    if (refused.get() != null) {
      throw new IllegalStateException("Kafka rejected a record", refused.get());
    }
  }

  /**
   * Publishes all videos, then sends all views, spread over partitions by viewer.
   *
   * @param end the time of the last view, in Unix milliseconds
   */
  Sent send(String bootstrapServers, Topics topics, long end) {
    long start = end - 1_000L * views / perSecond;
    SplittableRandom random = new SplittableRandom(7);
    double[] cumulative = cumulative();
    BitSet seen = new BitSet(videos);
    AtomicReference<Exception> refused = new AtomicReference<>();
    try (var producer = producer(bootstrapServers)) {
      publish(producer, topics.videos(), refused);
      for (int i = 0; i < views; i++) {
        long viewer = 1 + random.nextLong(VIEWERS);
        int rank = rank(random, cumulative);
        boolean hot = random.nextInt(100) < hotPercent;
        if (!hot) {
          seen.set(rank);
        }
        View view =
            View.newBuilder()
                .setViewerId(viewer)
                .setVideoId(hot ? HOT : HOT + 1 + rank)
                .setCreatorId(creator(rank))
                .setViewedAt(start + 1_000L * i / perSecond)
                .setWatchMs(random.nextInt(60_000))
                .setDurationMs(30_000)
                .setEventId(Long.toString(random.nextLong(), 36))
                .setRegion(REGIONS[i % REGIONS.length])
                .setDevice("android")
                .setSurface("for-you")
                .build();
        byte[] key = Long.toString(viewer).getBytes(UTF_8);
        send(producer, new ProducerRecord<>(topics.views(), key, format.encode(view)), refused);
      }
    }
    check(refused);
    return new Sent(seen.cardinality() + (hotPercent > 0 ? 1 : 0));
  }

  private double[] cumulative() {
    double[] cumulative = new double[videos];
    double sum = 0;
    for (int rank = 1; rank <= videos; rank++) {
      sum += Math.pow(rank, -EXPONENT);
      cumulative[rank - 1] = sum;
    }
    return cumulative;
  }

  private static int rank(SplittableRandom random, double[] cumulative) {
    int place =
        Arrays.binarySearch(cumulative, random.nextDouble(cumulative[cumulative.length - 1]));
    return place < 0 ? -place - 1 : place;
  }
}
