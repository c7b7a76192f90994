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

  private static final String EXPECTED = "one JSON object in UTF-8";
  private static final TypeAdapter<JsonElement> ELEMENTS = new Gson().getAdapter(JsonElement.class);

  private StrictJson() {}

  /** Parses an object, or returns the reason why there is none. */
  public static Decoded<JsonObject> read(String json) {
    try {
      return new Decoded.Good<>(parse(json));
    } catch (RejectedRecordException e) {
      return new Decoded.Bad<>(e.violation());
    }
  }

  static JsonObject parse(byte[] utf8) throws RejectedRecordException {
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
