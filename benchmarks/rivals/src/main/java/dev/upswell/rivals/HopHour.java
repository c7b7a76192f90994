package dev.upswell.rivals;

import dev.upswell.runtime.JobOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** The HOP table function: views of an hour, each minute. */
final class HopHour {
  private HopHour() {}

  static void run(StreamExecutionEnvironment env, JobOptions options, Rivals.Format format) {
    StreamTableEnvironment tables = SqlViews.open(env, options, format, "hop");
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
}
