package dev.upswell.api.diagnostics;

import com.google.gson.JsonObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.protection.Protection;
import dev.upswell.redis.RedisConnection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /stats}: the figures to read first when feeds are slow, since the start of this
 * instance. {@code /metrics} has the same over time. Thread-safe.
 */
public final class DiagnosticsService implements HttpService {
  private final MeterRegistry metrics;
  private final Protection protection;
  private final RedisConnection redis;

  /** A service that reads these. */
  public DiagnosticsService(MeterRegistry metrics, Protection protection, RedisConnection redis) {
    this.metrics = metrics;
    this.protection = protection;
    this.redis = redis;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    JsonObject json = new JsonObject();
    json.addProperty("uptimeSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1_000);
    json.add("feed", feed());
    json.add("breaker", breaker());
    json.add("admission", admission());
    json.add("rejected", rejected());
    json.add("rateLimit", rateLimit());
    json.add("stale", stale());
    json.add("redis", redis());
    json.add("requests", requests());
    json.addProperty(
        "heapUsedBytes", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, json.toString());
  }

  private JsonObject feed() {
    double warm = pages("warm");
    double computed = pages("computed");
    double stale = pages("stale");
    double all = warm + computed + stale + pages("snapshot");
    JsonObject json = new JsonObject();
    json.addProperty("pages", (long) all);
    json.addProperty("cacheHitRatio", share(all - computed - stale, all));
    json.addProperty("computedShare", share(computed, all));
    json.addProperty("staleShare", share(stale, all));
    return json;
  }

  private double pages(String source) {
    return count("upswell.feed.pages", "source", source);
  }

  private double count(String name, String tag, String value) {
    Counter counter = metrics.find(name).tag(tag, value).counter();
    return counter == null ? 0 : counter.count();
  }

  private JsonObject breaker() {
    JsonObject json = new JsonObject();
    json.addProperty("state", protection.breaker().state().name());
    json.addProperty("opened", protection.breaker().opened());
    json.addProperty("openForMs", protection.breaker().remaining().toMillis());
    return json;
  }

  private JsonObject admission() {
    JsonObject json = new JsonObject();
    json.addProperty("running", protection.admission().running());
    json.addProperty("waiting", protection.admission().waiting());
    return json;
  }

  private JsonObject rejected() {
    Map<String, Double> byReason = new TreeMap<>();
    for (Counter counter : metrics.find("upswell.rejected").counters()) {
      byReason.merge(
          String.valueOf(counter.getId().getTag("reason")), counter.count(), Double::sum);
    }
    JsonObject json = new JsonObject();
    byReason.forEach((reason, count) -> json.addProperty(reason, count.longValue()));
    return json;
  }

  private JsonObject rateLimit() {
    double alone = count("upswell.rate_limit.decisions", "by", "instance");
    JsonObject json = new JsonObject();
    json.addProperty(
        "localFallbackShare",
        share(alone, alone + count("upswell.rate_limit.decisions", "by", "redis")));
    return json;
  }

  private JsonObject stale() {
    JsonObject json = new JsonObject();
    json.addProperty("pages", (long) gauge(metrics.find("upswell.stale.pages").gauge()));
    json.addProperty("bytes", (long) gauge(metrics.find("upswell.stale.bytes").gauge()));
    return json;
  }

  private static double gauge(@Nullable Gauge gauge) {
    return gauge == null ? 0 : gauge.value();
  }

  private JsonObject redis() {
    JsonObject json = new JsonObject();
    json.addProperty("connected", redis.isConnected());
    json.addProperty("pipelinesInFlight", redis.pipelinesInFlight());
    return json;
  }

  private JsonObject requests() {
    Map<String, Total> byEndpoint = new TreeMap<>();
    for (Timer timer : metrics.find("upswell.http.total.duration").timers()) {
      byEndpoint
          .computeIfAbsent(String.valueOf(timer.getId().getTag("service")), name -> new Total())
          .add(timer);
    }
    JsonObject json = new JsonObject();
    byEndpoint.forEach((name, total) -> json.add(name, total.toJson()));
    return json;
  }

  /** Total over all statuses of an endpoint. */
  private static final class Total {
    private long count;
    private double millis;
    private double max;

    void add(Timer timer) {
      count += timer.count();
      millis += timer.totalTime(TimeUnit.MILLISECONDS);
      max = Math.max(max, timer.max(TimeUnit.MILLISECONDS));
    }

    JsonObject toJson() {
      JsonObject json = new JsonObject();
      json.addProperty("count", count);
      json.addProperty("meanMs", rounded(count == 0 ? 0 : millis / count));
      json.addProperty("recentMaxMs", rounded(max));
      return json;
    }
  }

  private static double share(double part, double all) {
    return all == 0 ? 0 : rounded(part / all);
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
