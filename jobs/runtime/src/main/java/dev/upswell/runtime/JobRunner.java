package dev.upswell.runtime;

import dev.upswell.options.OptionSet;
import dev.upswell.options.Options;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The main method of a job: prints the help or the plan, or submits the job.
 *
 * @param <O> options of the job
 * @param name name of the job and its consumer group
 * @param optionSet options that the job accepts
 * @param read converts the options to those of the job
 * @param jobOptions the options that all jobs share
 * @param define adds sources, pipeline and sinks to the environment
 */
public record JobRunner<O>(
    String name,
    OptionSet optionSet,
    Function<Options, O> read,
    Function<O, JobOptions> jobOptions,
    BiConsumer<StreamExecutionEnvironment, O> define) {

  /**
   * Runs the job until it ends, or prints what the arguments request.
   *
   * @param args options as {@code --name value}; {@code --help} prints them, {@code --dry-run} the
   *     plan
   */
  public void run(String[] args) throws Exception {
    // Never calls System.exit, because it may run inside a JobManager.
    Options given = optionSet.read(args, System.getenv());
    if (given.helpWanted()) {
      System.out.println(optionSet.help());
      return;
    }
    O options = read.apply(given);
    JobOptions shared = jobOptions.apply(options);
    StreamExecutionEnvironment env = JobEnvironment.create(shared);
    define.accept(env, options);
    if (shared.dryRun()) {
      System.out.println(env.getExecutionPlan());
      return;
    }
    env.execute(name);
  }
}
