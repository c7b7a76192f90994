package dev.upswell.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks the content of the job jars. */
@ParameterizedClass
@EnumSource
class JobJarTest {
  /** A job: its jar and its classes. */
  enum Job {
    FANOUT("fanout", "dev.upswell.fanout.FanoutJob", "dev/upswell/fanout/FanoutPipeline.class"),
    VIRAL_DETECTOR(
        "viral-detector",
        "dev.upswell.viral.ViralDetectorJob",
        "dev/upswell/viral/ViralDetectorPipeline.class"),
    TRENDING(
        "trending",
        "dev.upswell.trending.TrendingJob",
        "dev/upswell/trending/TrendingPipeline.class");

    private final Path jar;
    private final String main;
    private final String pipeline;

    Job(String name, String main, String pipeline) {
      this.jar = Project.ROOT.resolve("jobs/%s/target/%s.jar".formatted(name, name));
      this.main = main;
      this.pipeline = pipeline;
    }
  }

  private final Job job;

  JobJarTest(Job job) {
    this.job = job;
  }

  @Test
  void jarIsBelow40MegabytesAndStartsAlone() throws IOException {
    assertThat(Files.size(job.jar)).isLessThan(40_000_000);
    try (JarFile jar = new JarFile(job.jar.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class")).isEqualTo(job.main);
    }
  }

  @Test
  void hasNoDuplicatesTestDoublesOrFlinkClasses() throws IOException {
    try (JarFile jar = new JarFile(job.jar.toFile())) {
      List<String> names = jar.stream().map(JarEntry::getName).toList();
      assertThat(names).doesNotHaveDuplicates();
      assertThat(names)
          .noneMatch(name -> name.startsWith("org/apache/flink/streaming/api/environment/"))
          .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
          .noneMatch(name -> name.startsWith("org/rocksdb/"))
          .noneMatch(name -> name.startsWith("org/slf4j/"))
          .noneMatch(name -> name.startsWith("org/apache/logging/"))
          .noneMatch(name -> name.matches("dev/upswell/.*/Memory[A-Z][A-Za-z]*\\.class"));
      assertThat(names)
          .contains(
              "org/apache/flink/connector/kafka/source/KafkaSource.class",
              "org/apache/flink/connector/base/DeliveryGuarantee.class",
              "io/lettuce/core/RedisClient.class",
              job.pipeline);
    }
  }

  @Test
  void itsKafkaClientIsTheOneThatTheExactlyOnceSinkNeeds() throws IOException {
    try (JarFile jar = new JarFile(job.jar.toFile())) {
      JarEntry version = jar.getJarEntry("kafka/kafka-version.properties");
      assertThat(new String(jar.getInputStream(version).readAllBytes(), StandardCharsets.UTF_8))
          .contains("version=4.2.0");
    }
  }
}
