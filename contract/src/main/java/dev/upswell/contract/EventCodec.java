package dev.upswell.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.util.JsonFormat;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes events in both encodings.
 *
 * <p>A record is JSON if its first byte is '{', otherwise Protobuf. Decoding never throws: an
 * invalid record becomes {@link Decoded.Bad}. Unknown fields are ignored. Words such as regions and
 * devices are returned in their {@linkplain Vocabulary normal form}.
 *
 * <p>Immutable and thread-safe. Not serializable; an {@link EventType} is.
 *
 * @param <T> message type of the events
 */
public final class EventCodec<T extends Message> {
  /** Maximum length of a record in bytes. */
  public static final int MAX_RECORD_BYTES = 64 * 1_024;

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private final EventType<T> type;
  private final InstantSource clock;
  private final Parser<T> parser;
  private final JsonMessageReader jsonReader;

  /**
   * Creates a codec.
   *
   * @param clock current time, to reject events of the future
   */
  public EventCodec(EventType<T> type, InstantSource clock) {
    this.type = type;
    this.clock = clock;
    this.parser = DiscardUnknownFieldsParser.wrap(type.parser());
    this.jsonReader = new JsonMessageReader(type.defaultInstance());
  }

  /** The type of the events. */
  public EventType<T> type() {
    return type;
  }

  /**
   * Decodes a record of a topic.
   *
   * @param record value of the record; null, which a topic may contain, is rejected
   */
  public Decoded<T> decode(byte @Nullable [] record) {
    if (record == null || record.length == 0) {
      return bad(Violation.RECORD, record == null ? "null" : "0 bytes", expectedRecord());
    }
    if (record.length > MAX_RECORD_BYTES) {
      return tooLong(record.length);
    }
    if (record[0] != '{') {
      return decodeProtobuf(record);
    }
    try {
      return decodeJson(StrictJson.parse(record));
    } catch (RejectedRecordException e) {
      return new Decoded.Bad<>(e.violation());
    }
  }

  /** Reads an event from JSON text. */
  public Decoded<T> decodeJson(String json) {
    // A first look by units spares the encoding of most; no text has fewer bytes than units.
    if (json.length() > MAX_RECORD_BYTES) {
      return tooLong(json.length());
    }
    int bytes = json.getBytes(UTF_8).length;
    if (bytes > MAX_RECORD_BYTES) {
      return tooLong(bytes);
    }
    try {
      return decodeJson(StrictJson.parse(json));
    } catch (RejectedRecordException e) {
      return new Decoded.Bad<>(e.violation());
    }
  }

  /** Reads an event from JSON that was parsed already. The size of the record is not checked. */
  public Decoded<T> decodeJson(JsonObject json) {
    return decodeJson(json, UnaryOperator.identity());
  }

  /**
   * Reads an event from JSON that was parsed already. The size of the record is not checked.
   *
   * @param correction applied to the event before its rules are checked
   */
  public Decoded<T> decodeJson(JsonObject json, UnaryOperator<T> correction) {
    try {
      T event = correction.apply(type.type().cast(jsonReader.read(json)));
      return validate(event)
          .<Decoded<T>>map(violation -> new Decoded.Bad<>(orMissing(violation, json)))
          .orElseGet(() -> new Decoded.Good<>(type.normalized(event)));
    } catch (RejectedRecordException e) {
      return new Decoded.Bad<>(e.violation());
    }
  }

  /** Returns the first rule of the contract that an event breaks, or empty. */
  public Optional<Violation> validate(T event) {
    EventCheck check = new EventCheck(clock.millis());
    type.check(event, check);
    return check.violation();
  }

  /** Writes an event in Protobuf. Does not check it. */
  public byte[] encodeProtobuf(T event) {
    return event.toByteArray();
  }

  /**
   * Writes an event in Protobuf's JSON mapping, in UTF-8 without whitespace: 64-bit integers are
   * strings, fields that have their default value are left out. Does not check it.
   */
  public byte[] encodeJson(T event) {
    try {
      return PRINTER.print(event).getBytes(UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("only messages with an Any cannot be written", e);
    }
  }

  private Decoded<T> decodeProtobuf(byte[] record) {
    try {
      T event = parser.parseFrom(record);
      return validate(event)
          .<Decoded<T>>map(Decoded.Bad::new)
          .orElseGet(() -> new Decoded.Good<>(type.normalized(event)));
    } catch (InvalidProtocolBufferException e) {
      return bad(Violation.RECORD, "malformed Protobuf", expectedRecord());
    }
  }

  /** In JSON, unlike in Protobuf, an absent field differs from 0. */
  private Violation orMissing(Violation violation, JsonObject json) {
    FieldDescriptor field = jsonReader.field(violation.field());
    if (field == null) {
      return violation;
    }
    JsonElement given =
        json.has(field.getName()) ? json.get(field.getName()) : json.get(field.getJsonName());
    return given == null || given.isJsonNull()
        ? new Violation(violation.field(), "missing", violation.expected())
        : violation;
  }

  private Decoded<T> tooLong(int length) {
    return bad(Violation.RECORD, length + " bytes", "at most " + MAX_RECORD_BYTES + " bytes");
  }

  private String expectedRecord() {
    String message = type.defaultInstance().getDescriptorForType().getName();
    return message + " in Protobuf, or in JSON with '{' as the first byte";
  }

  private Decoded<T> bad(String field, String given, String expected) {
    return new Decoded.Bad<>(new Violation(field, given, expected));
  }
}
