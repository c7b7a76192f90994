package dev.upswell.api.events;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpStatus;
import dev.upswell.api.http.Problem;
import dev.upswell.api.http.ProblemException;
import dev.upswell.contract.Decoded;
import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.StrictJson;
import dev.upswell.contract.Topics;
import dev.upswell.contract.Violation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Reads the body of a request: arrays of events by the name of their topic.
 *
 * <p>All or nothing: one event that breaks a rule of the contract refuses them all, with its place
 * in the body. Thread-safe.
 */
final class EventBatch {
  /** Maximum reported violations; further ones likely have the same cause. */
  private static final int MAX_VIOLATIONS = 20;

  private static final String EXPECTED =
      "an object with arrays of views, engagements, sessions or follows";

  private final Map<String, EventCodec<?>> codecs = new LinkedHashMap<>();
  private final Topics topics;
  private final int maxEvents;

  EventBatch(Topics topics, int maxEvents, InstantSource clock) {
    this.topics = topics;
    this.maxEvents = maxEvents;
    for (EventType<?> type :
        List.of(EventType.VIEWS, EventType.ENGAGEMENTS, EventType.SESSIONS, EventType.FOLLOWS)) {
      codecs.put(type.name(), new EventCodec<>(type, clock));
    }
  }

  /**
   * Parses a body to records.
   *
   * @param onlyUser required user of all events; empty for any
   * @throws ProblemException with 400 for a violated rule
   */
  List<ProducerRecord<byte[], byte[]>> read(String body, OptionalLong onlyUser) {
    JsonObject batch = StrictJson.read(body).orElseThrow(EventBatch::rejected);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    for (Map.Entry<String, JsonElement> member : batch.entrySet()) {
      EventCodec<?> codec = codecs.get(member.getKey());
      if (codec == null || !(member.getValue() instanceof JsonArray events)) {
        throw rejected(new Violation(member.getKey(), shown(member.getValue()), EXPECTED));
      }
      if (records.size() + events.size() > maxEvents) {
        throw rejected(
            new Violation(
                member.getKey(), "more than " + maxEvents, maxEvents + " events or fewer"));
      }
      for (int i = 0; i < events.size() && violations.size() < MAX_VIOLATIONS; i++) {
        read(codec, member.getKey() + "[" + i + "]", events.get(i), records, violations);
      }
    }
    if (!violations.isEmpty()) {
      throw new ProblemException(Problem.badRequest(violations));
    }
    onlyUser.ifPresent(user -> requireUser(records, user));
    if (records.isEmpty()) {
      throw rejected(new Violation(Violation.RECORD, "no events", EXPECTED));
    }
    return records;
  }

  /** Checks the user of all events, which is their key. */
  private static void requireUser(List<ProducerRecord<byte[], byte[]>> records, long user) {
    byte[] own = Long.toString(user).getBytes(US_ASCII);
    for (int i = 0; i < records.size(); i++) {
      byte[] key = records.get(i).key();
      if (!Arrays.equals(key, own)) {
        throw new ProblemException(
            Problem.of(
                HttpStatus.FORBIDDEN,
                List.of(
                    new Violation(
                        "events[" + i + "]",
                        "an event of user " + new String(key, US_ASCII),
                        "of the user that the token names"))));
      }
    }
  }

  private <T extends Message> void read(
      EventCodec<T> codec,
      String place,
      JsonElement event,
      List<ProducerRecord<byte[], byte[]>> records,
      List<Violation> violations) {
    if (!(event instanceof JsonObject object)) {
      violations.add(new Violation(place, shown(event), "an object"));
      return;
    }
    Decoded<T> decoded = codec.decodeJson(object);
    if (decoded instanceof Decoded.Bad<T> bad) {
      Violation why = bad.why();
      violations.add(new Violation(place + "." + why.field(), why.given(), why.expected()));
    } else if (decoded instanceof Decoded.Good<T> good) {
      byte[] bytes = codec.encodeProtobuf(good.value());
      if (bytes.length > EventCodec.MAX_RECORD_BYTES) {
        violations.add(
            new Violation(
                place, bytes.length + " bytes", EventCodec.MAX_RECORD_BYTES + " bytes or fewer"));
        return;
      }
      records.add(
          new ProducerRecord<>(
              codec.type().topic(topics), codec.type().keyBytes(good.value()), bytes));
    }
  }

  private static String shown(JsonElement element) {
    return Violation.shortened(String.valueOf(element));
  }

  private static ProblemException rejected(Violation violation) {
    return new ProblemException(Problem.badRequest(violation));
  }
}
