package dev.upswell.benchmarks.fanout;

import com.google.protobuf.Message;
import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends sessions, follows and videos to the job through Kafka. */
final class Events implements AutoCloseable {
  private static final EventCodec<Video> VIDEOS = codec(EventType.VIDEOS);
  private static final EventCodec<Follow> FOLLOWS = codec(EventType.FOLLOWS);
  private static final EventCodec<Session> SESSIONS = codec(EventType.SESSIONS);
  private static final int DURATION_MS = 21_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private volatile Optional<String> refused = Optional.empty();
  private final VideoIds ids = new VideoIds(InstantSource.system(), 1);

  Events(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  private static <T extends Message> EventCodec<T> codec(EventType<T> type) {
    return new EventCodec<>(type, InstantSource.system());
  }

  /** Publishes a video now, and returns its id. */
  long publish(long creatorId) {
    long id = ids.next();
    send(
        VIDEOS,
        Video.newBuilder()
            .setVideoId(id)
            .setCreatorId(creatorId)
            .setType(Video.Type.PUBLISHED)
            .setAt(System.currentTimeMillis())
            .setDurationMs(DURATION_MS)
            .setCaption("what a day at the beach")
            .addAllHashtags(List.of("beach", "summer"))
            .setCategory("travel")
            .setLanguage("en")
            .setRegion("BR")
            .build());
    return id;
  }

  void follow(long userId, long creatorId, long at) {
    send(
        FOLLOWS,
        Follow.newBuilder()
            .setFollowerId(userId)
            .setFolloweeId(creatorId)
            .setType(Follow.Type.FOLLOW)
            .setAt(at)
            .build());
  }

  void open(long userId, long at) {
    send(SESSIONS, Session.newBuilder().setUserId(userId).setAt(at).build());
  }

  private <T extends Message> void send(EventCodec<T> codec, T event) {
    var unused =
        producer.send(
            new ProducerRecord<>(
                codec.type().topic(Deployment.TOPICS),
                codec.type().keyBytes(event),
                codec.encodeProtobuf(event)),
            (metadata, failure) -> {
              if (failure != null) {
                refused = Optional.of(failure.toString());
              }
            });
  }

  /**
   * Waits until Kafka has all.
   *
   * @throws IllegalStateException when it refused a record
   */
  void flush() {
    producer.flush();
    refused.ifPresent(
        why -> {
          throw new IllegalStateException("Kafka did not take a record: " + why);
        });
  }

  @Override
  public void close() {
    producer.close();
  }
}
