package dev.upswell.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.options.OptionSet;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class JobEnvironmentTest {
  @Test
  void unalignedCheckpointsAreOffWhateverTheClusterSays() {
    String[] arguments = {"--kafka.bootstrap-servers=kafka:9092", "--redis.uri=redis://r:1"};
    JobOptions options =
        JobOptions.from(
            OptionSet.of("test", "A job.", JobOptions.ALL)
                .passing(JobOptions.KAFKA_PREFIX)
                .read(arguments, Map.of()));

    Configuration configuration = JobEnvironment.configuration(options);

    assertThat(configuration.contains(CheckpointingOptions.ENABLE_UNALIGNED)).isTrue();
    assertThat(configuration.get(CheckpointingOptions.ENABLE_UNALIGNED)).isFalse();
  }
}
