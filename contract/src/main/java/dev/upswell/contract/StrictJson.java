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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Parses one JSON object in UTF-8, strictly by RFC 8259.
 *
 * <p>Gson's convenience methods are lenient (comments, single quotes, names without quotes). Other
 * readers would reject such records, so they are rejected here. So are duplicate names in an
 * object, of which each reader would keep another value, and a byte order mark.
 */
public final class StrictJson {
  /** Objects and arrays within one another. */
  static final int MAX_DEPTH = 64;

  private static final String EXPECTED = "one JSON object in UTF-8";
  private static final String BYTE_ORDER_MARK = "\uFEFF";
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
    try {
      // A new decoder reports invalid bytes, which String's constructor would replace.
      return parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new RejectedRecordException(Violation.RECORD, "invalid UTF-8", EXPECTED);
    }
  }

  static JsonObject parse(String json) throws RejectedRecordException {
    // Gson's reader skips the mark. A record that begins with it is not JSON in Kafka either.
    if (json.startsWith(BYTE_ORDER_MARK)) {
      throw new RejectedRecordException(Violation.RECORD, "a byte order mark", EXPECTED);
    }
    UniqueNamesReader reader = new UniqueNamesReader(json);
    try {
      JsonElement element = ELEMENTS.read(reader);
      if (reader.peek() == JsonToken.END_DOCUMENT && element instanceof JsonObject object) {
        return object;
      }
    } catch (DuplicateNameException e) {
      throw new RejectedRecordException(
          Violation.RECORD,
          "more than one " + Violation.shortened(reader.getPath()),
          "each name once in an object");
    } catch (IOException | JsonParseException | IllegalStateException e) {
      // The position is reported below; the message of the exception suggests lenient reading.
    }
    String place = Violation.shortened(reader.getPath());
    throw new RejectedRecordException(Violation.RECORD, "malformed JSON at " + place, EXPECTED);
  }

  /** Gson keeps the last value of a duplicate name, and has no option against it. */
  private static final class UniqueNamesReader extends JsonReader {
    /** Names of the open objects, innermost first. */
    private final Deque<Set<String>> names = new ArrayDeque<>();

    UniqueNamesReader(String json) {
      super(new StringReader(json));
      setStrictness(Strictness.STRICT);
      setNestingLimit(MAX_DEPTH);
    }

    @Override
    public void beginObject() throws IOException {
      super.beginObject();
      names.push(new HashSet<>());
    }

    @Override
    public void endObject() throws IOException {
      super.endObject();
      names.pop();
    }

    @Override
    public String nextName() throws IOException {
      String name = super.nextName();
      if (!names.element().add(name)) {
        throw new DuplicateNameException();
      }
      return name;
    }
  }

  private static final class DuplicateNameException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
