package dev.upswell.trending;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.events.Video;
import dev.upswell.options.Options;
import dev.upswell.runtime.JobEnvironment;
import dev.upswell.runtime.JobOptions;
import dev.upswell.runtime.kafka.EventSink;
import dev.upswell.runtime.kafka.EventSource;
import dev.upswell.views.source.ViewSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Starts trending: options in, sources and sinks made, pipeline defined and executed. */
public final class TrendingJob {
  static final String NAME = "trending";

  private TrendingJob() {}

  /**
   * Submits the job, or prints what it would do.
   *
   * @param args {@code --help} prints the options
   */
  public static void main(String[] args) throws Exception {
    // No System.exit: this may run inside a JobManager.
    Options given = TrendingOptions.options().read(args, System.getenv());
    if (given.helpWanted()) {
      System.out.println(TrendingOptions.options().help());
      return;
    }
    TrendingOptions options = TrendingOptions.from(given);
    StreamExecutionEnvironment env = JobEnvironment.create(options.job());
    define(env, options);
    if (options.dryRun()) {
      System.out.println(env.getExecutionPlan());
      return;
    }
    env.execute(NAME);
  }

  /**
   * Makes sources and sinks, and the pipeline between them. Views and videos that are no such are
   * left out: the jobs that own those topics give them out as dead letters.
   */
  static void define(StreamExecutionEnvironment env, TrendingOptions options) {
    JobOptions job = options.job();
    ViewSource views = ViewSource.of(env, job, options.views(), NAME);
    EventSource<Engagement> engagements = EventSource.of(env, EventType.ENGAGEMENTS, job, NAME);
    EventSource<Video> videos = EventSource.of(env, EventType.VIDEOS, job, NAME);
    DataStream<TrendingList> lists =
        TrendingPipeline.define(views.views(), engagements.events(), videos.events(), options);
    lists
        .sinkTo(EventSink.atLeastOnce(job.topics().trending(), job, TrendingList::getScope))
        .name("trending")
        .uid("trending");
    engagements
        .deadLetters()
        .sinkTo(
            EventSink.atLeastOnce(job.topics().deadLetters(), job, letter -> EventSink.Key.NONE))
        .name("dead-letters")
        .uid("dead-letters");
  }
}
