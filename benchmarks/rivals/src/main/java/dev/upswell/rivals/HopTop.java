package dev.upswell.rivals;

import dev.upswell.contract.events.View;
import dev.upswell.runtime.JobOptions;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * The hundred most watched videos of the last fifteen minutes, each ten seconds: Flink SQL's window
 * Top-N over HOP, in two phases. One list of one scope, of views alone.
 */
final class HopTop {
  private HopTop() {}

  static void run(StreamExecutionEnvironment env, JobOptions options) {
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
          video_id BIGINT, viewed_at BIGINT,
          ts AS TO_TIMESTAMP_LTZ(viewed_at, 3),
          WATERMARK FOR ts AS ts - INTERVAL '%d' SECOND
        ) WITH (
          'connector' = 'kafka',
          'topic' = '%s',
          'properties.bootstrap.servers' = '%s',
          'properties.group.id' = 'top',
          'scan.startup.mode' = 'earliest-offset',
          'format' = 'protobuf', 'protobuf.message-class-name' = '%s'
        )"""
            .formatted(
                options.maxOutOfOrder().toSeconds(),
                options.topics().views(),
                options.kafka().get("bootstrap.servers"),
                View.class.getName()));
    tables.executeSql(
        "CREATE TABLE nowhere (videoId BIGINT, ends TIMESTAMP(3), watched BIGINT, place BIGINT)"
            + " WITH ('connector' = 'blackhole')");
    tables.executeSql(
        """
        INSERT INTO nowhere
        SELECT video_id, window_end, watched, place
        FROM (
          SELECT *, ROW_NUMBER() OVER (
            PARTITION BY window_start, window_end ORDER BY watched DESC) AS place
          FROM (
            SELECT video_id, window_start, window_end, COUNT(*) AS watched
            FROM TABLE(
              HOP(TABLE `views`, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '15' MINUTE))
            GROUP BY video_id, window_start, window_end))
        WHERE place <= 100""");
  }
}
