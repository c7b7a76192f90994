package dev.upswell.contract;

import com.google.protobuf.UnsafeByteOperations;
import dev.upswell.contract.events.View;

/**
 * Reads a view from JSON in one pass over the bytes: no tree, no strings, no numbers boxed.
 *
 * <p>Fields may come in any order, under either of their names, ids as numbers or as strings. It
 * gives up on what is rare: names with escapes, a field given twice, numbers with a sign, fraction
 * or exponent, escapes of surrogates, texts of more than 2,048 bytes, anything malformed.
 */
final class ViewJsonScanner {
  private static final int MAX_DIGITS = 19;

  private final JsonScanner json = new JsonScanner();

  boolean scan(byte[] source, int offset, int end, ViewFields into) {
    json.start(source, offset + 1, end);
    into.clear();
    json.skipSpace();
    int seen = 0;
    if (!json.take('}')) {
      do {
        seen = member(seen, into);
        json.skipSpace();
      } while (json.take(','));
      json.expect('}');
    }
    json.skipSpace();
    return !json.givenUp
        && json.isAtEnd()
        && (json.isAscii()
            || UnsafeByteOperations.unsafeWrap(source, offset, end - offset).isValidUtf8());
  }

  /** Reads a name and its value. Returns the fields seen until now, one bit a number. */
  private int member(int seen, ViewFields into) {
    json.expect('"');
    int start = json.position;
    json.skipString();
    int number = ViewNames.find(json.source, start, Math.max(0, json.position - 1 - start));
    if (json.isEscaped() || (seen & (1 << number)) != 0) {
      json.giveUp();
    }
    json.expect(':');
    json.skipSpace();
    if (number == ViewNames.UNKNOWN) {
      json.skipValue();
      return seen;
    }
    if (json.peek() == 'n') {
      // In the mapping null says that the field is left out.
      json.skipWord("null");
    } else if (number >= View.EVENT_ID_FIELD_NUMBER) {
      text(into.text(number));
    } else {
      number(number, into);
    }
    return seen | (1 << number);
  }

  private void number(int field, ViewFields into) {
    boolean quoted = json.take('"');
    long value = digits();
    boolean fits = field < View.WATCH_MS_FIELD_NUMBER || value <= Integer.MAX_VALUE;
    if (!fits || (quoted && !json.take('"'))) {
      json.giveUp();
      return;
    }
    into.setNumber(field, value);
  }

  /** Reads 0, or digits without a leading zero that fit a long. What follows them is seen later. */
  private long digits() {
    byte[] source = json.source;
    int start = json.position;
    int at = start;
    long value = 0;
    // A digit more than any long has ends it too: then there is no telling what the value is.
    int end = Math.min(json.end(), start + MAX_DIGITS + 1);
    while (at < end && source[at] >= '0' && source[at] <= '9') {
      value = value * 10 + (source[at++] - '0');
    }
    int count = at - start;
    // Nineteen nines are less than twice the longest: too much shows as a negative number.
    boolean fits = count <= MAX_DIGITS && value >= 0;
    if (!fits || count == 0 || (count > 1 && source[start] == '0')) {
      json.giveUp();
      return 0;
    }
    json.position = at;
    return value;
  }

  private void text(TextSlice into) {
    json.expect('"');
    int start = json.position;
    json.skipString();
    int length = json.position - 1 - start;
    if (json.givenUp
        || length > EventCheck.MAX_CHARACTERS
        || (json.isEscaped() && hasSurrogate(start, length))) {
      json.giveUp();
      return;
    }
    into.set(json.source, start, length, json.isEscaped());
  }

  /** Whether there is an escape of half a character; all of these begin with a D. */
  private boolean hasSurrogate(int start, int length) {
    byte[] source = json.source;
    for (int i = start; i < start + length - 2; i++) {
      if (source[i] == '\\') {
        if (source[i + 1] == 'u' && (source[i + 2] | 0x20) == 'd') {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
