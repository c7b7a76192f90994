package dev.upswell.local.check;

import com.google.protobuf.Message;
import dev.upswell.contract.EventType;
import dev.upswell.contract.Topics;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.local.events.EventSink;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Passes events on, and now and then writes others in a transaction that it aborts: the removal of
 * a video, and views of it. They never happened, so no ledger knows them. Not thread-safe.
 */
public final class AbortedRecords implements EventSink, AutoCloseable {
  private static final int EVERY = 1_000;

  /** Later partitions could end with an aborted record, behind which no offset is committed. */
  private static final int MOST = 12;

  private static final int VIEWS = 40;
  private static final long FIRST_VIEWER = 900_000_000;

  private final EventSink next;
  private final Topics topics;
  private final KafkaProducer<byte[], byte[]> producer;
  private Optional<Video> last = Optional.empty();
  private long events;
  private int aborted;

  /**
   * Connects to the brokers.
   *
   * @param bootstrapServers {@code host:port} of brokers
   */
  public AbortedRecords(EventSink next, String bootstrapServers, Topics topics) {
    this.next = next;
    this.topics = topics;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers, "transactional.id", "upswell-local-aborted"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  @Override
  public <T extends Message> void send(EventType<T> type, T event) {
    next.send(type, event);
    if (event instanceof Video video && video.getType() == Video.Type.PUBLISHED) {
      last = Optional.of(video);
    }
    if (++events % EVERY == 0 && aborted < MOST) {
      last.ifPresent(this::abort);
    }
  }

  private void abort(Video video) {
    aborted++;
    producer.beginTransaction();
    write(
        EventType.VIDEOS,
        Video.newBuilder()
            .setVideoId(video.getVideoId())
            .setCreatorId(video.getCreatorId())
            .setType(Video.Type.REMOVED)
            .setAt(video.getAt() + 1)
            .build());
    for (int viewer = 0; viewer < VIEWS; viewer++) {
      write(
          EventType.VIEWS,
          View.newBuilder()
              .setViewerId(FIRST_VIEWER + viewer)
              .setVideoId(video.getVideoId())
              .setCreatorId(video.getCreatorId())
              .setViewedAt(video.getAt() - Duration.ofHours(8).toMillis())
              .build());
    }
    producer.flush();
    producer.abortTransaction();
  }

  private <T extends Message> void write(EventType<T> type, T event) {
    var unused =
        producer.send(
            new ProducerRecord<>(type.topic(topics), type.keyBytes(event), event.toByteArray()));
  }

  @Override
  public void close() {
    producer.close();
  }
}
