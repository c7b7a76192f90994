package dev.upswell.trending;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.events.Video;
import dev.upswell.runtime.JobOptions;
import dev.upswell.runtime.JobRunner;
import dev.upswell.runtime.kafka.EventSink;
import dev.upswell.runtime.kafka.EventSource;
import dev.upswell.runtime.redis.RedisSink;
import dev.upswell.views.source.ViewSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Starts trending: reads the options, creates sources and sinks, defines the pipeline. */
public final class TrendingJob {
  static final String NAME = "trending";

  private TrendingJob() {}

  /**
   * Submits the job, or prints its help or plan.
   *
   * @param args {@code --help} prints the options
   */
  public static void main(String[] args) throws Exception {
    new JobRunner<>(
            NAME,
            TrendingOptions.options(),
            TrendingOptions::from,
            TrendingOptions::job,
            TrendingJob::define)
        .run(args);
  }

  /** Creates sources and sinks, and defines the pipeline between them. */
  static void define(StreamExecutionEnvironment env, TrendingOptions options) {
    TrendingPipeline.define(sources(env, options), sinks(options), options);
  }

  /** Drops the dead letters of views and videos, which the other jobs write. */
  private static TrendingPipeline.Sources sources(
      StreamExecutionEnvironment env, TrendingOptions options) {
    JobOptions job = options.job();
    ViewSource views = ViewSource.of(env, job, options.views(), NAME);
    EventSource<Engagement> engagements = EventSource.of(env, EventType.ENGAGEMENTS, job, NAME);
    EventSource<Video> videos = EventSource.metadata(env, EventType.VIDEOS, job, NAME);
    return new TrendingPipeline.Sources(
        views.views(), engagements.events(), videos.events(), engagements.deadLetters());
  }

  private static TrendingPipeline.Sinks sinks(TrendingOptions options) {
    JobOptions job = options.job();
    TrendingCommands commands = new TrendingCommands(options.ttl());
    return new TrendingPipeline.Sinks(
        EventSink.atLeastOnce(job.topics().trending(), job, TrendingList::getScope),
        new RedisSink<>(job.redis(), job.redisWrites(), commands::lists),
        EventSink.deadLetters(job));
  }
}
