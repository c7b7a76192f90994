package dev.upswell.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Parses one JSON object in UTF-8, strictly by RFC 8259.
 *
 * <p>Gson's convenience methods are lenient (comments, single quotes, names without quotes). Other
 * readers would reject such records, so they are rejected here. The last value of a duplicate name
 * counts.
 */
public final class StrictJson {
  /** Objects and arrays within one another. */
  static final int MAX_DEPTH = 64;

  /** No JSON text begins with another byte of this value. */
  private static final byte FIRST_OF_MARK = (byte) 0xEF;

  private static final String EXPECTED = "one JSON object in UTF-8";
  private static final TypeAdapter<JsonElement> ELEMENTS = new Gson().getAdapter(JsonElement.class);

  private StrictJson() {}

  /**
   * Parses an object, or returns the reason why there is none. A byte order mark and invalid UTF-8
   * are rejected.
   */
  public static Decoded<JsonObject> read(byte[] utf8) {
    try {
      return new Decoded.Good<>(parse(utf8));
    } catch (RejectedRecordException e) {
      return new Decoded.Bad<>(e.violation());
    }
  }

  static JsonObject parse(byte[] utf8) throws RejectedRecordException {
    // Gson's reader skips the mark. A record that begins with it is not JSON in Kafka either.
    if (utf8.length > 0 && utf8[0] == FIRST_OF_MARK) {
      throw new RejectedRecordException(Violation.RECORD, "a byte order mark", EXPECTED);
    }
    try {
      // A new decoder reports invalid bytes, which String's constructor would replace.
      return parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new RejectedRecordException(Violation.RECORD, "invalid UTF-8", EXPECTED);
    }
  }

  static JsonObject parse(String json) throws RejectedRecordException {
    JsonReader reader = new JsonReader(new StringReader(json));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(MAX_DEPTH);
    try {
      JsonElement element = ELEMENTS.read(reader);
      if (reader.peek() == JsonToken.END_DOCUMENT && element instanceof JsonObject object) {
        return object;
      }
    } catch (IOException | JsonParseException | IllegalStateException e) {
      // The position is reported below; the message of the exception suggests lenient reading.
    }
    String place = Violation.shortened(reader.getPath());
    throw new RejectedRecordException(Violation.RECORD, "malformed JSON at " + place, EXPECTED);
  }
}
