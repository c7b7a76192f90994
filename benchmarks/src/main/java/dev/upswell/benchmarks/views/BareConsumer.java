package dev.upswell.benchmarks.views;

import com.sun.management.OperatingSystemMXBean;
import dev.upswell.views.decode.ViewDecoder;
import dev.upswell.views.decode.ViewFields;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The least that any reader of the topic does: a consumer and a thread for each partition, which
 * decode each view and do nothing with it.
 */
final class BareConsumer {
  private static final double NANOS = 1e9;

  private final String bootstrapServers;

  BareConsumer(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Reads the topic from its beginning. */
  Run run(String topic, long total) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    AtomicLong read = new AtomicLong();
    List<Thread> threads = List.of(reader(topic, 0, read), reader(topic, 1, read));
    long cpu = system.getProcessCpuTime();
    long begun = System.nanoTime();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while measuring", e);
      }
    }
    double seconds = (System.nanoTime() - begun) / NANOS;
    if (read.get() != total) {
      throw new IllegalStateException(
          "the bare consumer read %,d (expected: %,d)".formatted(read.get(), total));
    }
    double used = (system.getProcessCpuTime() - cpu) / NANOS;
    return new Run(total, seconds, used, total, Run.Footprint.NONE, Run.Footprint.NONE);
  }

  private Thread reader(String topic, int partition, AtomicLong read) {
    return new Thread(() -> read.addAndGet(read(new TopicPartition(topic, partition))));
  }

  private long read(TopicPartition partition) {
    ViewDecoder decoder = new ViewDecoder(InstantSource.system());
    ViewFields view = new ViewFields();
    Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers);
    long views = 0;
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = List.of(partition);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = Objects.requireNonNull(consumer.endOffsets(partitions).get(partition));
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (decoder.decode(record.value(), view).isEmpty()) {
            views++;
          }
        }
      }
    }
    return views;
  }
}
