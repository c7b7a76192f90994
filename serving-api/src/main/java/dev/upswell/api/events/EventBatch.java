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
 * in the body. A time ahead of the clock becomes the time of the clock, because a phone with a
 * wrong clock must not lose its events. Thread-safe.
 */
final class EventBatch {
  /** Maximum reported violations; further ones likely have the same cause. */
  private static final int MAX_VIOLATIONS = 20;

  private static final String EXPECTED =
      "an object with arrays of views, engagements, sessions or follows";

  private final Map<String, EventCodec<?>> codecs = new LinkedHashMap<>();
  private final Topics topics;
  private final int maxEvents;
  private final InstantSource clock;

  EventBatch(Topics topics, int maxEvents, InstantSource clock) {
    this.topics = topics;
    this.maxEvents = maxEvents;
    this.clock = clock;
    for (EventType<?> type :
        List.of(EventType.VIEWS, EventType.ENGAGEMENTS, EventType.SESSIONS, EventType.FOLLOWS)) {
      codecs.put(type.name(), new EventCodec<>(type, clock));
    }
  }

  /**
   * Parses a body.
   *
   * @param onlyUser required user of all events; empty for any
   * @throws ProblemException with 400 for a violated rule
   */
  AcceptedEvents read(byte[] body, OptionalLong onlyUser) {
    JsonObject batch = StrictJson.read(body).orElseThrow(EventBatch::rejected);
    Reading reading = new Reading(clock.millis());
    for (Map.Entry<String, JsonElement> member : batch.entrySet()) {
      EventCodec<?> codec = codecs.get(member.getKey());
      String name = Violation.shortened(member.getKey());
      if (codec == null || !(member.getValue() instanceof JsonArray events)) {
        throw rejected(new Violation(name, shown(member.getValue()), EXPECTED));
      }
      if (reading.accepted.records().size() + events.size() > maxEvents) {
        throw rejected(
            new Violation(name, "more than " + maxEvents, maxEvents + " events or fewer"));
      }
      for (int i = 0; i < events.size() && reading.violations.size() < MAX_VIOLATIONS; i++) {
        reading.read(codec, name + "[" + i + "]", events.get(i));
      }
    }
    if (!reading.violations.isEmpty()) {
      throw new ProblemException(Problem.badRequest(reading.violations));
    }
    AcceptedEvents accepted = reading.accepted;
    onlyUser.ifPresent(user -> requireUser(accepted, user));
    if (accepted.records().isEmpty()) {
      throw rejected(new Violation(Violation.RECORD, "no events", EXPECTED));
    }
    return accepted;
  }

  /** Checks the user of all events, which is their key. */
  private static void requireUser(AcceptedEvents accepted, long user) {
    byte[] own = Long.toString(user).getBytes(US_ASCII);
    for (int i = 0; i < accepted.records().size(); i++) {
      byte[] key = accepted.records().get(i).key();
      if (!Arrays.equals(key, own)) {
        throw new ProblemException(
            Problem.of(
                HttpStatus.FORBIDDEN,
                List.of(
                    new Violation(
                        accepted.place(i),
                        "an event of user " + new String(key, US_ASCII),
                        "of the user that the token names"))));
      }
    }
  }

  /** State of one request. */
  private final class Reading {
    private final AcceptedEvents accepted = new AcceptedEvents();
    private final List<Violation> violations = new ArrayList<>();
    private final long now;

    Reading(long now) {
      this.now = now;
    }

    <T extends Message> void read(EventCodec<T> codec, String place, JsonElement event) {
      if (!(event instanceof JsonObject object)) {
        violations.add(new Violation(place, shown(event), "an object"));
        return;
      }
      Decoded<T> decoded = codec.decodeJson(object, one -> clamped(codec.type(), one));
      if (decoded instanceof Decoded.Bad<T> bad) {
        Violation why = bad.why();
        violations.add(new Violation(place + "." + why.field(), why.given(), why.expected()));
      } else if (decoded instanceof Decoded.Good<T> good) {
        accept(codec, place, good.value());
      }
    }

    private <T extends Message> T clamped(EventType<T> type, T event) {
      if (type.timeOf(event) <= now) {
        return event;
      }
      accepted.countClamped();
      return type.withTime(event, now);
    }

    private <T extends Message> void accept(EventCodec<T> codec, String place, T event) {
      byte[] bytes = codec.encodeProtobuf(event);
      if (bytes.length > EventCodec.MAX_RECORD_BYTES) {
        violations.add(
            new Violation(
                place, bytes.length + " bytes", EventCodec.MAX_RECORD_BYTES + " bytes or fewer"));
        return;
      }
      accepted.add(
          place,
          event,
          new ProducerRecord<>(codec.type().topic(topics), codec.type().keyBytes(event), bytes));
    }
  }

  private static String shown(JsonElement element) {
    return Violation.shortened(String.valueOf(element));
  }

  private static ProblemException rejected(Violation violation) {
    return new ProblemException(Problem.badRequest(violation));
  }
}
