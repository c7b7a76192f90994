package dev.upswell.api.diagnostics;

import dev.upswell.redis.RedisConnection;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/** The figures of a server. */
public final class ServerMetrics {
  private static final double[] BUCKETS_MILLIS = {
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000
  };

  private ServerMetrics() {}

  /** Creates a registry with a latency histogram per endpoint and the metrics of the JVM. */
  public static PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    metrics.config().meterFilter(new Histograms());
    // Armeria's transfer lengths and cancellation causes are not useful.
    metrics.config().meterFilter(MeterFilter.denyNameStartsWith("upswell.http.request.length"));
    metrics.config().meterFilter(MeterFilter.denyNameStartsWith("upswell.http.response.length"));
    metrics.config().meterFilter(MeterFilter.denyNameStartsWith("upswell.http.request.duration"));
    metrics.config().meterFilter(MeterFilter.denyNameStartsWith("upswell.http.response.duration"));
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    return metrics;
  }

  /** Binds the metrics of garbage collections; closed with the server. */
  public static JvmGcMetrics collections(PrometheusMeterRegistry metrics) {
    JvmGcMetrics collections = new JvmGcMetrics();
    collections.bindTo(metrics);
    return collections;
  }

  /** Adds the metrics of the connection to Redis. */
  public static void of(RedisConnection redis, PrometheusMeterRegistry metrics) {
    metrics.gauge("upswell.redis.connected", redis, known -> known.isConnected() ? 1 : 0);
    metrics.gauge("upswell.redis.pipelines", redis, RedisConnection::pipelinesInFlight);
  }

  /**
   * Counts in buckets instead of the percentiles that the server would compute, which cost more.
   */
  private static final class Histograms implements MeterFilter {
    private static final double[] BUCKETS =
        DoubleStream.of(BUCKETS_MILLIS).map(ms -> ms * TimeUnit.MILLISECONDS.toNanos(1)).toArray();

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
      if (!id.getName().startsWith("upswell.http")) {
        return config;
      }
      return DistributionStatisticConfig.builder()
          .percentiles(new double[0])
          .serviceLevelObjectives(BUCKETS)
          .build()
          .merge(config);
    }
  }
}
