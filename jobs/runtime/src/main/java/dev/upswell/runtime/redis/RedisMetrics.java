package dev.upswell.runtime.redis;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of an operator that writes to Redis. */
final class RedisMetrics {
  private RedisMetrics() {}

  static void register(MetricGroup operator, OrderedRedisWriter<?> writes) {
    MetricGroup group = operator.addGroup("redis");
    group.<Integer, Gauge<Integer>>gauge("pendingWrites", writes::pendingWrites);
    group.<Long, Gauge<Long>>gauge("retries", writes::retries);
  }
}
