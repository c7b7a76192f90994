package dev.upswell.rivals;

import dev.upswell.contract.events.View;
import dev.upswell.runtime.JobOptions;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * The HOP table function, aggregated in two phases, both of which buffer in memory and write their
 * state when time passes: SQL's fastest way.
 */
final class HopHour {
  private HopHour() {}

  static void run(StreamExecutionEnvironment env, JobOptions options, Rivals.Format format) {
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
          'properties.group.id' = 'hop',
          'scan.startup.mode' = 'earliest-offset',
          %6$s
        )"""
            .formatted(
                format.video,
                format.time,
                options.maxOutOfOrder().toSeconds(),
                options.topics().views(),
                options.kafka().get("bootstrap.servers"),
                format(format)));
    tables.executeSql(
        "CREATE TABLE nowhere (videoId BIGINT, ends TIMESTAMP_LTZ(3), watched BIGINT)"
            + " WITH ('connector' = 'blackhole')");
    tables.executeSql(
        """
        INSERT INTO nowhere
        SELECT %1$s, window_end, COUNT(*)
        FROM TABLE(HOP(TABLE `views`, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '1' HOUR))
        GROUP BY %1$s, window_start, window_end"""
            .formatted(format.video));
  }

  private static String format(Rivals.Format format) {
    return format == Rivals.Format.JSON
        ? "'format' = 'json'"
        : "'format' = 'protobuf', 'protobuf.message-class-name' = '%s'"
            .formatted(View.class.getName());
  }
}
