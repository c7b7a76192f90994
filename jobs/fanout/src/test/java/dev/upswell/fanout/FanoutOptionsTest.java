package dev.upswell.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.contract.OutputFormat;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.pull.PullHysteresis;
import dev.upswell.options.OptionException;
import dev.upswell.runtime.JobOptions;
import dev.upswell.runtime.JobOptions.StartFrom;
import dev.upswell.runtime.redis.RedisWriteSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FanoutOptionsTest {
  private static FanoutOptions read(Map<String, String> environment, String... args) {
    return FanoutOptions.from(FanoutOptions.options().read(args, environment));
  }

  @Test
  void defaultsApplyWithoutArguments() {
    FanoutOptions options =
        read(
            Map.of(),
            "--kafka.bootstrap-servers",
            "kafka:9092",
            "--redis.uri",
            "redis://redis:6379");

    assertThat(options.activityWindow()).isEqualTo(Duration.ofHours(24));
    assertThat(options.job().dryRun()).isFalse();
    assertThat(options.pullCreators())
        .isEqualTo(new PullHysteresis(1_000_000, Duration.ofHours(25)));
    assertThat(options.latencyTarget()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.pullViewers()).isEqualTo(new PullHysteresis(1_000, Duration.ofHours(25)));
    assertThat(options.feeds()).isEqualTo(FeedOptions.DEFAULT);
    JobOptions job = options.job();
    assertThat(job.topics().videos()).isEqualTo("upswell.videos");
    assertThat(job.kafka()).isEqualTo(Map.of("bootstrap.servers", "kafka:9092"));
    assertThat(job.startFrom()).isEqualTo(StartFrom.EARLIEST);
    assertThat(job.outputFormat()).isEqualTo(OutputFormat.JSON);
    assertThat(job.maxOutOfOrder()).isEqualTo(Duration.ofSeconds(10));
    assertThat(job.idleAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(job.checkpoints().interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(job.checkpoints().directory()).isEmpty();
    assertThat(job.redis().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(job.redis().replyTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(job.redis().password()).isEmpty();
    assertThat(job.redisWrites())
        .isEqualTo(new RedisWriteSettings(1_000, 128, Duration.ofMinutes(1)));
  }

  @Test
  void kafkaOptionsArePassedThroughAndSecretsAreHidden() {
    FanoutOptions options =
        read(
            Map.of("UPSWELL_REDIS_PASSWORD", "s3cret"),
            "--kafka.bootstrap-servers=kafka:9092",
            "--redis.uri=rediss://user@redis:6379",
            "--kafka.security.protocol=SASL_SSL");

    assertThat(options.job().kafka()).containsEntry("security.protocol", "SASL_SSL");
    assertThat(options.job().redis().password()).isEqualTo("s3cret");
    assertThat(options.toString()).doesNotContain("s3cret");
  }

  @Test
  void invalidValuesAreRejectedByName() {
    assertThatThrownBy(() -> read(Map.of(), "--feed.max-entires", "5"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("--feed.max-entries");
    assertThatThrownBy(
            () ->
                read(
                    Map.of(),
                    "--kafka.bootstrap-servers=k:1",
                    "--redis.uri=redis://r:1",
                    "--feed.max-entries=0"))
        .hasMessageContaining("--feed.max-entries: 0 (expected: 1..10000)");
  }
}
