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

/** What is in the jar that a data engineer deploys. */
class JobJarTest {
  private static final Path JAR = Project.ROOT.resolve("jobs/fanout/target/fanout.jar");

  @Test
  void itIsSmallerThan40MegabytesAndStartsByItself() throws IOException {
    assertThat(Files.size(JAR)).isLessThan(40_000_000);
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("dev.upswell.fanout.FanoutJob");
    }
  }

  @Test
  void nothingIsInItTwiceAndNothingThatFlinkBrings() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> names = jar.stream().map(JarEntry::getName).toList();
      assertThat(names).doesNotHaveDuplicates();
      assertThat(names)
          .noneMatch(name -> name.startsWith("org/apache/flink/streaming/api/environment/"))
          .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
          .noneMatch(name -> name.startsWith("org/rocksdb/"))
          .noneMatch(name -> name.startsWith("org/slf4j/"))
          .noneMatch(name -> name.startsWith("org/apache/logging/"));
      assertThat(names)
          .contains(
              "org/apache/flink/connector/kafka/source/KafkaSource.class",
              "org/apache/flink/connector/base/DeliveryGuarantee.class",
              "io/lettuce/core/RedisClient.class",
              "dev/upswell/fanout/FanoutPipeline.class");
    }
  }

  @Test
  void itsKafkaClientIsTheOneThatTheExactlyOnceSinkNeeds() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      JarEntry version = jar.getJarEntry("kafka/kafka-version.properties");
      assertThat(new String(jar.getInputStream(version).readAllBytes(), StandardCharsets.UTF_8))
          .contains("version=4.2.0");
    }
  }
}
