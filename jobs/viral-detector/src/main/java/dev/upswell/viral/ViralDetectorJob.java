package dev.upswell.viral;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.LateEvent;
import dev.upswell.contract.events.Video;
import dev.upswell.runtime.JobOptions;
import dev.upswell.runtime.JobRunner;
import dev.upswell.runtime.kafka.EventSink;
import dev.upswell.runtime.kafka.EventSource;
import dev.upswell.runtime.redis.RedisSink;
import dev.upswell.views.source.ViewSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Starts the viral detector: reads the options, creates sources and sinks, defines the pipeline.
 */
public final class ViralDetectorJob {
  static final String NAME = "viral-detector";

  private ViralDetectorJob() {}

  /**
   * Submits the job, or prints its help or plan.
   *
   * @param args {@code --help} prints the options
   */
  public static void main(String[] args) throws Exception {
    new JobRunner<>(
            NAME,
            ViralOptions.options(),
            ViralOptions::from,
            ViralOptions::job,
            ViralDetectorJob::define)
        .run(args);
  }

  /** Creates sources and sinks, and defines the pipeline between them. */
  static void define(StreamExecutionEnvironment env, ViralOptions options) {
    ViewSource views = ViewSource.of(env, options.job(), options.views(), NAME);
    EventSource<Video> videos = EventSource.metadata(env, EventType.VIDEOS, options.job(), NAME);
    ViralDetectorPipeline.Sources sources =
        new ViralDetectorPipeline.Sources(
            views, videos.events(), views.deadLetters().union(videos.deadLetters()));
    ViralDetectorPipeline.define(sources, sinks(options), options);
  }

  private static ViralDetectorPipeline.Sinks sinks(ViralOptions options) {
    JobOptions job = options.job();
    ViralCommands commands = new ViralCommands(options.ttl());
    return new ViralDetectorPipeline.Sinks(
        EventSink.exactlyOnce(
            job.topics().hourlyViews(),
            job,
            NAME + "-hourly-views",
            hour -> Long.toString(hour.getVideoId())),
        EventSink.atLeastOnce(
            job.topics().promotions(), job, promotion -> Long.toString(promotion.getVideoId())),
        new RedisSink<>(job.redis(), job.redisWrites(), commands::update),
        new RedisSink<>(job.redis(), job.redisWrites(), commands::overview),
        EventSink.atLeastOnce(job.topics().lateEvents(), job, LateEvent::getKey),
        EventSink.deadLetters(job));
  }
}
