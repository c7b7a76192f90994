package dev.upswell.trending;

import static dev.upswell.testing.TestKafka.TOPICS;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.events.View;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.contract.redis.TrendingValue;
import dev.upswell.processes.RedisProcess.Persistence;
import dev.upswell.testing.JobSystem;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Provides the servers and topics of the job, and reads the lists that it writes. */
final class TrendingSystem extends JobSystem {
  private static final int PARTITIONS = 4;

  TrendingSystem(Path dir) {
    super(dir, Persistence.NONE, "--checkpoints.interval", "1s", "--watermark.idle-after", "30s");
    kafka.createTopics(
        PARTITIONS,
        TOPICS.views(),
        TOPICS.engagements(),
        TOPICS.videos(),
        TOPICS.trending(),
        TOPICS.deadLetters());
  }

  /** Advances event time in all partitions, with events of a video that was never published. */
  void passTo(long at) {
    View view =
        View.newBuilder().setViewerId(1).setVideoId(1).setCreatorId(1).setViewedAt(at).build();
    Engagement engagement =
        Engagement.newBuilder()
            .setViewerId(1)
            .setVideoId(1)
            .setCreatorId(1)
            .setType(Engagement.Type.NOT_INTERESTED)
            .setAt(at)
            .build();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      kafka.send(EventType.VIEWS, partition, view);
      kafka.send(EventType.ENGAGEMENTS, partition, engagement);
    }
    kafka.flush();
  }

  /** Returns the lists of a scope in Redis. */
  Optional<TrendingValue> lists(String scope) {
    return redis.get(RedisKeys.trending(scope)).map(TrendingValue::fromBytes);
  }

  /** Returns the last list of each scope in the topic. */
  Map<String, TrendingList> topic() {
    return kafka.readLast(TOPICS.trending(), TrendingList::newBuilder);
  }
}
