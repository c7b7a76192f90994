package dev.upswell.viral;

import dev.upswell.contract.events.LateEvent;
import dev.upswell.options.Options;
import dev.upswell.runtime.JobEnvironment;
import dev.upswell.runtime.JobOptions;
import dev.upswell.runtime.kafka.EventSink;
import dev.upswell.views.source.ViewSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Starts the viral detector: options in, source and sinks made, pipeline defined and executed. */
public final class ViralDetectorJob {
  static final String NAME = "viral-detector";

  private ViralDetectorJob() {}

  /**
   * Submits the job, or prints what it would do.
   *
   * @param args {@code --help} prints the options
   */
  public static void main(String[] args) throws Exception {
    // No System.exit: this may run inside a JobManager.
    Options given = ViralOptions.options().read(args, System.getenv());
    if (given.helpWanted()) {
      System.out.println(ViralOptions.options().help());
      return;
    }
    ViralOptions options = ViralOptions.from(given);
    StreamExecutionEnvironment env = JobEnvironment.create(options.job());
    define(env, options);
    if (options.dryRun()) {
      System.out.println(env.getExecutionPlan());
      return;
    }
    env.execute(NAME);
  }

  /** Makes the source and sinks, and the pipeline between them. */
  static void define(StreamExecutionEnvironment env, ViralOptions options) {
    JobOptions job = options.job();
    ViewSource source = ViewSource.of(env, job, options.views(), NAME);
    ViralDetectorPipeline.Outputs outputs = ViralDetectorPipeline.define(source.views(), options);
    outputs
        .hourlyViews()
        .sinkTo(
            EventSink.exactlyOnce(
                job.topics().hourlyViews(),
                job,
                NAME + "-hourly-views",
                hour -> Long.toString(hour.getVideoId())))
        .name("hourly-views")
        .uid("hourly-views");
    outputs
        .promotions()
        .sinkTo(
            EventSink.atLeastOnce(
                job.topics().promotions(), job, promotion -> Long.toString(promotion.getVideoId())))
        .name("promotions")
        .uid("promotions");
    source
        .late()
        .sinkTo(EventSink.atLeastOnce(job.topics().lateEvents(), job, LateEvent::getKey))
        .name("late-events")
        .uid("late-events");
    source
        .deadLetters()
        .sinkTo(
            EventSink.atLeastOnce(job.topics().deadLetters(), job, letter -> EventSink.Key.NONE))
        .name("dead-letters")
        .uid("dead-letters");
  }
}
