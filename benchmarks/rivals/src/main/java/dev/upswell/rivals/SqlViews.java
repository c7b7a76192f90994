package dev.upswell.rivals;

import dev.upswell.contract.events.View;
import dev.upswell.runtime.JobOptions;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * The topic of views as a table of Flink SQL, aggregated in two phases, both of which buffer in
 * memory and write their state when time passes: SQL's fastest way.
 */
final class SqlViews {
  private SqlViews() {}

  /**
   * Creates tables, including {@code views} with the video, the time {@code ts} and its watermark.
   *
   * @param group consumer group of the committed offsets
   */
  static StreamTableEnvironment open(
      StreamExecutionEnvironment env, JobOptions options, Rivals.Format format, String group) {
    env.configure(
        Configuration.fromMap(
            // SQL names its operators itself.
            Map.of(PipelineOptions.AUTO_GENERATE_UIDS.key(), "true")));
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    tables
        .getConfig()
        .set("table.optimizer.agg-phase-strategy", "TWO_PHASE")
        .set("table.exec.mini-batch.enabled", "true")
        .set("table.exec.mini-batch.allow-latency", "5 s")
        .set("table.exec.mini-batch.size", "50000")
        .set("table.exec.source.idle-timeout", options.idleAfter().toMillis() + " ms");
    tables.executeSql(
        """
        CREATE TABLE `views` (
          %1$s BIGINT, %2$s BIGINT,
          ts AS TO_TIMESTAMP_LTZ(%2$s, 3),
          WATERMARK FOR ts AS ts - INTERVAL '%3$d' SECOND
        ) WITH (
          'connector' = 'kafka',
          'topic' = '%4$s',
          'properties.bootstrap.servers' = '%5$s',
          'properties.group.id' = '%6$s',
          'scan.startup.mode' = 'earliest-offset',
          %7$s
        )"""
            .formatted(
                format.video,
                format.time,
                options.maxOutOfOrder().toSeconds(),
                options.topics().views(),
                options.kafka().get("bootstrap.servers"),
                group,
                format(format)));
    return tables;
  }

  private static String format(Rivals.Format format) {
    return format == Rivals.Format.JSON
        ? "'format' = 'json'"
        : "'format' = 'protobuf', 'protobuf.message-class-name' = '%s'"
            .formatted(View.class.getName());
  }
}
