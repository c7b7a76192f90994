package dev.upswell.viral;

import static dev.upswell.testing.TestKafka.TOPICS;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.contract.redis.TierValue;
import dev.upswell.processes.RedisProcess.Persistence;
import dev.upswell.runtime.JobEnvironment;
import dev.upswell.simulation.model.TierModel.Change;
import dev.upswell.testing.JobSystem;
import dev.upswell.viral.ViewLedger.Hour;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Runs the job with its topics, and reads the hours, promotions and tiers that it writes. */
final class ViralSystem extends JobSystem {
  static final int PARTITIONS = 4;

  /** Id of the video for views that only advance event time. */
  static final long TICK = 1;

  /** Creator of all published videos. */
  static final long CREATOR = 7;

  private static final long PUBLISHED_AT = Instant.parse("2026-01-02T00:00:00Z").toEpochMilli();

  /** A round number, because {@link ViewLedger} keeps viewers of some ids only. */
  private static final long FIRST_ID =
      VideoIds.at(PUBLISHED_AT, 0) / ViewLedger.VIEWERS_OF_ONE_IN * ViewLedger.VIEWERS_OF_ONE_IN;

  private static final String GROUP = "viral-detector";

  ViralSystem(Path dir) {
    super(dir, Persistence.NONE, "--checkpoints.interval", "1s", "--watermark.idle-after", "5s");
    kafka.createTopics(PARTITIONS, TOPICS.views());
    kafka.createTopics(2, TOPICS.videos());
    kafka.createTopics(
        2, TOPICS.hourlyViews(), TOPICS.promotions(), TOPICS.lateEvents(), TOPICS.deadLetters());
  }

  /**
   * Returns the id of a video.
   *
   * @param number from 0
   */
  static long video(long number) {
    return FIRST_ID + number;
  }

  /** Publishes videos, before the job starts or before they are watched. */
  void publish(long... videoIds) {
    for (long videoId : videoIds) {
      kafka.send(
          EventType.VIDEOS,
          Video.newBuilder()
              .setVideoId(videoId)
              .setCreatorId(CREATOR)
              .setType(Video.Type.PUBLISHED)
              .setAt(PUBLISHED_AT)
              .build());
    }
    kafka.flush();
  }

  void startJob(String... more) {
    String[] args = arguments(more).toArray(String[]::new);
    ViralOptions options = ViralOptions.from(ViralOptions.options().read(args, Map.of()));
    start(
        "viral-detector",
        JobEnvironment.configuration(options.job()),
        env -> ViralDetectorJob.define(env, options));
  }

  /** Makes the next job begin at the first record of the topic. */
  void deleteOffsets() {
    kafka.deleteConsumerGroup(GROUP);
  }

  /** Returns the number of views that the job has read, up to its last checkpoint. */
  long recordsRead() {
    return kafka.committedRecords(GROUP, TOPICS.views());
  }

  /** Sends a record, which may be malformed, without waiting for Kafka. */
  void send(long viewerId, byte[] record) {
    byte[] key = Long.toString(viewerId).getBytes(US_ASCII);
    kafka.send(new ProducerRecord<>(TOPICS.views(), key, record));
  }

  /** Advances event time in all partitions with views of {@link #TICK}. */
  void passTo(long at) {
    View view =
        View.newBuilder().setViewerId(1).setVideoId(TICK).setCreatorId(1).setViewedAt(at).build();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      kafka.send(EventType.VIEWS, partition, view);
    }
    kafka.flush();
  }

  /** Returns all hours in the topic. */
  List<HourlyViews> allHours() {
    return kafka.read(TOPICS.hourlyViews(), HourlyViews::newBuilder);
  }

  /** Returns the hours in the topic, except those of {@link #TICK}. */
  List<HourlyViews> hours() {
    return allHours().stream().filter(hour -> hour.getVideoId() != TICK).toList();
  }

  /** Returns the same hours by video and start; fails for a duplicate. */
  Map<Hour, HourlyViews> hoursByKey() {
    Map<Hour, HourlyViews> found = new HashMap<>();
    for (HourlyViews hour : allHours()) {
      Hour key = new Hour(hour.getVideoId(), Timestamps.toMillis(hour.getHourStart()));
      if (found.put(key, hour) != null) {
        throw new AssertionError("published twice: " + key);
      }
    }
    found.keySet().removeIf(hour -> hour.videoId() == TICK);
    return found;
  }

  /** Returns the promotions in the topic. */
  List<Promotion> promotions() {
    return kafka.read(TOPICS.promotions(), Promotion::newBuilder);
  }

  /** Returns the promotions in the form of the model. */
  List<Change> tierChanges() {
    return promotions().stream().map(Change::of).toList();
  }

  Optional<TierValue> tier(long videoId) {
    return redis.get(RedisKeys.tier(videoId)).map(TierValue::fromBytes);
  }
}
