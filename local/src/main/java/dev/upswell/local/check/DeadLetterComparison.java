package dev.upswell.local.check;

import dev.upswell.contract.events.DeadLetter;
import dev.upswell.local.events.WrittenTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
    Set<MalformedRecords.Place> found;
    try (var letters =
        new WrittenTopic<>(bootstrapServers, topic, DeadLetter.getDefaultInstance())) {
      found = places(letters.readUntil(some -> places(some).containsAll(sent), limit));
    }
    Set<MalformedRecords.Place> missing = new HashSet<>(sent);
    missing.removeAll(found);
    Set<MalformedRecords.Place> unexpected = new HashSet<>(found);
    unexpected.removeAll(sent);
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

  private static Set<MalformedRecords.Place> places(List<DeadLetter> letters) {
    return letters.stream().map(DeadLetterComparison::place).collect(Collectors.toSet());
  }

  private static MalformedRecords.Place place(DeadLetter letter) {
    return new MalformedRecords.Place(letter.getTopic(), letter.getPartition(), letter.getOffset());
  }
}
