package dev.upswell.rivals;

import dev.upswell.runtime.JobOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * The hundred most viewed videos of the last fifteen minutes, every ten seconds: window Top-N of
 * Flink SQL over HOP, in two phases. One list of one scope, of views alone.
 */
final class HopTop {
  private HopTop() {}

  static void run(StreamExecutionEnvironment env, JobOptions options) {
    StreamTableEnvironment tables = SqlViews.open(env, options, Rivals.Format.PROTOBUF, "top");
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
