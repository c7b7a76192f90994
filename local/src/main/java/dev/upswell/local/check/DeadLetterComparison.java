package dev.upswell.local.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.upswell.contract.events.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks for the malformed records among the dead letters. */
public final class DeadLetterComparison {
  private static final int SHOWN = 5;

  private final String bootstrapServers;
  private final String topic;

  /** Reads the topic of dead letters. */
  public DeadLetterComparison(String bootstrapServers, String topic) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
  }

  /** Reads until all are found or the time is over. No good record may be among them. */
  public Outcome compare(MalformedRecords malformed, Duration limit) {
    Set<MalformedRecords.Place> sent = malformed.places();
    Set<MalformedRecords.Place> missing = new HashSet<>(sent);
    Set<MalformedRecords.Place> unexpected = new HashSet<>();
    Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers);
    long start = System.nanoTime();
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      do {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          MalformedRecords.Place place = place(record.value());
          if (sent.contains(place)) {
            missing.remove(place);
          } else {
            unexpected.add(place);
          }
        }
      } while (!missing.isEmpty() && System.nanoTime() - start < limit.toNanos());
    }
    List<String> differences = new ArrayList<>();
    missing.stream().limit(SHOWN).forEach(place -> differences.add("missing: " + place));
    unexpected.stream()
        .limit(SHOWN)
        .forEach(place -> differences.add("was no malformed record: " + place));
    return new Outcome(
        "dead letters",
        "%,d malformed records, %,d of them in %s"
            .formatted(sent.size(), sent.size() - missing.size(), topic),
        differences);
  }

  private static MalformedRecords.Place place(byte[] value) {
    try {
      DeadLetter letter;
      if (value[0] == '{') {
        DeadLetter.Builder builder = DeadLetter.newBuilder();
        JsonFormat.parser().merge(new String(value, UTF_8), builder);
        letter = builder.build();
      } else {
        letter = DeadLetter.parseFrom(value);
      }
      return new MalformedRecords.Place(
          letter.getTopic(), letter.getPartition(), letter.getOffset());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a dead letter cannot be read", e);
    }
  }
}
