package dev.upswell.fanout;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Control;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import dev.upswell.runtime.JobOptions;
import dev.upswell.runtime.JobRunner;
import dev.upswell.runtime.kafka.EventSink;
import dev.upswell.runtime.kafka.EventSource;
import dev.upswell.runtime.redis.RedisSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Starts the fan-out: reads the options, creates sources and sinks, defines the pipeline. */
public final class FanoutJob {
  /** Name of the job and of its consumer group. */
  public static final String NAME = "fanout";

  private static final String CONTROL_KEY = NAME;

  private FanoutJob() {}

  /**
   * Submits the job, or prints its help or plan.
   *
   * @param args {@code --help} prints the options
   */
  public static void main(String[] args) throws Exception {
    new JobRunner<>(
            NAME,
            FanoutOptions.options(),
            FanoutOptions::from,
            FanoutOptions::job,
            FanoutJob::define)
        .run(args);
  }

  /** Creates sources and sinks, and defines the pipeline between them. */
  static void define(StreamExecutionEnvironment env, FanoutOptions options) {
    FanoutPipeline.define(sources(env, options.job()), sinks(options), options);
  }

  private static FanoutPipeline.Sources sources(StreamExecutionEnvironment env, JobOptions job) {
    EventSource<Video> videos = EventSource.of(env, EventType.VIDEOS, job, NAME);
    EventSource<Follow> follows = EventSource.of(env, EventType.FOLLOWS, job, NAME);
    EventSource<Session> sessions = EventSource.of(env, EventType.SESSIONS, job, NAME);
    // Control records are rare, and must not hold back the watermark.
    EventSource<Control> control = EventSource.withoutTime(env, EventType.CONTROL, job, NAME);
    return new FanoutPipeline.Sources(
        videos.events(),
        follows.events(),
        sessions.events(),
        controlOfThisJob(control.events()),
        videos
            .deadLetters()
            .union(follows.deadLetters(), sessions.deadLetters(), control.deadLetters()));
  }

  private static FanoutPipeline.Sinks sinks(FanoutOptions options) {
    JobOptions job = options.job();
    FanoutCommands commands = new FanoutCommands(options.feeds());
    return new FanoutPipeline.Sinks(
        EventSink.atLeastOnce(
            job.topics().feedDeliveries(), job, delivery -> Long.toString(delivery.getVideoId())),
        EventSink.atLeastOnce(job.topics().control(), job, request -> CONTROL_KEY),
        new RedisSink<>(job.redis(), job.redisWrites(), commands::warm),
        EventSink.deadLetters(job));
  }

  /** Returns the control records of this job. */
  private static DataStream<Control> controlOfThisJob(DataStream<Control> control) {
    return control
        .filter(record -> record.getJob().equals(NAME))
        .name("fanout-control")
        .uid("fanout-control");
  }
}
