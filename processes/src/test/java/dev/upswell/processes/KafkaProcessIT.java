package dev.upswell.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaProcessIT {
  @TempDir Path directory;

  @Test
  void recordSurvivesARestartOfTheBroker() throws Exception {
    try (KafkaProcess kafka = KafkaProcess.start(directory)) {
      kafka.createTopic("t", 3, Map.of("cleanup.policy", "compact"));
      kafka.createTopic("t", 3, Map.of());
      send(kafka, "committed");
      assertThat(read(kafka)).containsExactly("committed");

      kafka.kill();
      kafka.restart();
      send(kafka, "later");
      assertThat(read(kafka)).containsExactlyInAnyOrder("committed", "later");

      long pid = kafka.pid();
      kafka.stop();
      assertThat(ProcessHandle.of(pid)).isEmpty();
    }
  }

  /**
   * In a transaction, because the settings of its inner topics are what a single broker gets wrong.
   */
  private static void send(KafkaProcess kafka, String value) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "acks",
            "all",
            "transactional.id",
            "test");
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      var sent = producer.send(new ProducerRecord<>("t", value, value));
      producer.commitTransaction();
      assertThat(sent).isDone();
    }
  }

  private static List<String> read(KafkaProcess kafka) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "group.id",
            "test-" + System.nanoTime(),
            "auto.offset.reset",
            "earliest",
            "isolation.level",
            "read_committed");
    List<String> values = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("t"));
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      // Until nothing comes any more, so that a doubled record would be seen.
      while (System.nanoTime() < deadline) {
        var records = consumer.poll(Duration.ofSeconds(2));
        records.forEach(record -> values.add(record.value()));
        if (records.isEmpty() && !values.isEmpty()) {
          break;
        }
      }
    }
    return values;
  }
}
