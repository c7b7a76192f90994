package dev.upswell.rivals;

import dev.upswell.options.Option;
import dev.upswell.options.OptionSet;
import dev.upswell.options.Options;
import dev.upswell.runtime.JobEnvironment;
import dev.upswell.runtime.JobOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs a rival on the topic of views: counts views of the last hour of each video once a minute in
 * one of two ways, finds the most viewed, or only reads. The environment equals that of our jobs:
 * the same RocksDB, checkpoints and parallelism.
 */
public final class Rivals {
  private static final Option<Way> WAY =
      Option.choice("way", Way.SLIDING, "How the rolling hour is counted");
  private static final Option<Format> FORMAT =
      Option.choice("format", Format.PROTOBUF, "Encoding of the views that SQL reads");

  private Rivals() {}

  /** Method of counting. */
  enum Way {
    /** With a sliding window of the DataStream API. */
    SLIDING,
    /** With the HOP table function of Flink SQL. */
    HOP,
    /** The most viewed videos, with window Top-N of Flink SQL over HOP. */
    TOP,
    /** Not at all. */
    READ
  }

  /** Encoding of views. */
  enum Format {
    /** Protobuf's JSON mapping. */
    JSON("videoId", "viewedAt"),
    /** Protobuf. */
    PROTOBUF("video_id", "viewed_at");

    /** Name of the field in SQL. */
    final String video;

    final String time;

    Format(String video, String time) {
      this.video = video;
      this.time = time;
    }
  }

  /**
   * Submits the job.
   *
   * @param args as those of our jobs, with {@code --way}
   */
  public static void main(String[] args) throws Exception {
    List<Option<?>> all = new ArrayList<>(JobOptions.ALL);
    all.addAll(List.of(WAY, FORMAT));
    Options given =
        OptionSet.of("rivals", "Counts the rolling hour with what Flink brings.", all)
            .passing(JobOptions.KAFKA_PREFIX)
            .read(args, System.getenv());
    JobOptions options = JobOptions.from(given);
    StreamExecutionEnvironment env = JobEnvironment.create(options);
    switch (given.get(WAY)) {
      case SLIDING -> SlidingHour.run(env, options);
      case HOP -> HopHour.run(env, options, given.get(FORMAT));
      case TOP -> HopTop.run(env, options);
      case READ -> OnlyRead.run(env, options);
    }
  }
}
