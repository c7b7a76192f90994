package dev.upswell.fanout;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Control;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import dev.upswell.options.Options;
import dev.upswell.runtime.JobEnvironment;
import dev.upswell.runtime.JobOptions;
import dev.upswell.runtime.kafka.EventSink;
import dev.upswell.runtime.kafka.EventSource;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Starts the fan-out: options in, sources and sinks made, pipeline defined and executed. */
public final class FanoutJob {
  public static final String NAME = "fanout";

  /** As of all records of this topic. */
  private static final String CONTROL_KEY = "0";

  private FanoutJob() {}

  /**
   * Submits the job, or prints what it would do.
   *
   * @param args {@code --help} prints the options
   */
  public static void main(String[] args) throws Exception {
    // No System.exit: this may run inside a JobManager.
    Options given = FanoutOptions.options().read(args, System.getenv());
    if (given.helpWanted()) {
      System.out.println(FanoutOptions.options().help());
      return;
    }
    FanoutOptions options = FanoutOptions.from(given);
    StreamExecutionEnvironment env = JobEnvironment.create(options.job());
    define(env, options);
    if (options.dryRun()) {
      System.out.println(env.getExecutionPlan());
      return;
    }
    env.execute(NAME);
  }

  /** Makes the sources and sinks, and the pipeline between them. */
  static void define(StreamExecutionEnvironment env, FanoutOptions options) {
    JobOptions job = options.job();
    EventSource<Video> videos = EventSource.of(env, EventType.VIDEOS, job, NAME);
    EventSource<Follow> follows = EventSource.of(env, EventType.FOLLOWS, job, NAME);
    EventSource<Session> sessions = EventSource.of(env, EventType.SESSIONS, job, NAME);

    EventSource<Control> control = EventSource.of(env, EventType.CONTROL, job, NAME);

    FanoutPipeline.Outputs outputs =
        FanoutPipeline.define(
            videos.events(),
            follows.events(),
            sessions.events(),
            ownControl(control.events()),
            options);
    outputs
        .deliveries()
        .sinkTo(
            EventSink.atLeastOnce(
                job.topics().feedDeliveries(), job, done -> Long.toString(done.getVideoId())))
        .name("feed-deliveries")
        .uid("feed-deliveries");
    outputs
        .control()
        .sinkTo(EventSink.atLeastOnce(job.topics().control(), job, said -> CONTROL_KEY))
        .name("own-requests")
        .uid("own-requests");

    videos
        .deadLetters()
        .union(follows.deadLetters(), sessions.deadLetters(), control.deadLetters())
        .sinkTo(
            EventSink.atLeastOnce(job.topics().deadLetters(), job, letter -> EventSink.Key.NONE))
        .name("dead-letters")
        .uid("dead-letters");
  }

  /** What is asked of this job. It is asked seldom, and time must not wait for it. */
  private static DataStream<Control> ownControl(DataStream<Control> control) {
    return control
        .filter(record -> record.getJob().equals(NAME))
        .name("own-control")
        .uid("own-control")
        .assignTimestampsAndWatermarks(WatermarkStrategy.forGenerator(context -> new Timeless()))
        .name("timeless-control")
        .uid("timeless-control");
  }

  /** Never has a time of its own. */
  private static final class Timeless implements WatermarkGenerator<Control> {
    @Override
    public void onEvent(Control event, long time, WatermarkOutput output) {
      output.markIdle();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.markIdle();
    }
  }
}
