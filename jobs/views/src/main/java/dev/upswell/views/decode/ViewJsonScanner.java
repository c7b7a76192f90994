package dev.upswell.views.decode;

import com.google.protobuf.UnsafeByteOperations;
import dev.upswell.contract.EventCheck;
import dev.upswell.contract.Hash64;
import dev.upswell.contract.TextSlice;
import dev.upswell.contract.events.View;
import java.util.Arrays;

/**
 * Decodes a view from JSON in one pass over the bytes: no tree, no strings, no boxed numbers.
 *
 * <p>Fields may be in any order, under either name, ids as numbers or strings. It gives up on rare
 * forms: names with escapes, duplicate names, unknown objects of several members, numbers with a
 * sign, fraction or exponent, escaped surrogates, texts above 2,048 bytes, anything malformed.
 */
final class ViewJsonScanner {
  /** The names of the fields have been read to their end. */
  private static final int NONE = -1;

  /** Before the first member; beyond all numbers of fields. */
  private static final int BEGINNING = 1 + View.IMPRESSION_ID_FIELD_NUMBER;

  private static final int MAX_UNKNOWN = 16;

  private final JsonScanner json = new JsonScanner();

  /** Hashes of the unknown names so far, because a duplicate name is a violation. */
  private final long[] unknownNames = new long[MAX_UNKNOWN];

  private int unknown;

  /**
   * Prediction per field, by its number; {@link ViewFieldNames#UNKNOWN} is for all others. Except
   * at the start, which has no comma, any of them may follow any value.
   */
  private final PredictedName[] names = new PredictedName[BEGINNING + 1];

  ViewJsonScanner() {
    Arrays.setAll(names, unused -> new PredictedName());
  }

  boolean scan(byte[] source, int offset, int end, ViewFields into) {
    json.start(source, offset + 1, end);
    into.clear();
    unknown = 0;
    int seen = 0;
    int field = BEGINNING;
    while ((field = next(field)) != NONE) {
      if (field == ViewFieldNames.UNKNOWN) {
        json.skipValue();
        continue;
      }
      if ((seen & (1 << field)) != 0) {
        json.giveUp();
      }
      seen |= 1 << field;
      value(field, into);
    }
    json.skipSpace();
    return !json.givenUp
        && json.isAtEnd()
        && (json.isAscii()
            || UnsafeByteOperations.unsafeWrap(source, offset, end - offset).isValidUtf8());
  }

  /** Advances to the next value. Returns its field, or {@link #NONE} after the last. */
  private int next(int field) {
    PredictedName name = names[field];
    if (name.matches(json.source, json.position, json.end())) {
      json.position += name.length();
      return name.field();
    }
    return read(field, name);
  }

  private int read(int field, PredictedName name) {
    int start = json.position;
    json.skipSpace();
    boolean another = field == BEGINNING ? json.peek() != '}' : json.take(',');
    if (!another) {
      json.expect('}');
      return NONE;
    }
    json.expect('"');
    int nameStart = json.position;
    json.skipString();
    int length = json.position - 1 - nameStart;
    json.expect(':');
    json.skipSpace();
    if (json.givenUp || json.isEscaped()) {
      json.giveUp();
      return NONE;
    }
    int next = ViewFieldNames.find(json.source, nameStart, length);
    if (next != ViewFieldNames.UNKNOWN) {
      name.learn(json.source, start, json.position, next);
    } else {
      addUnknown(Hash64.of(json.source, nameStart, length));
    }
    return next;
  }

  private void addUnknown(long hash) {
    boolean isNew = unknown < MAX_UNKNOWN;
    for (int i = 0; i < unknown; i++) {
      isNew &= unknownNames[i] != hash;
    }
    if (isNew) {
      unknownNames[unknown++] = hash;
    } else {
      json.giveUp();
    }
  }

  private void value(int field, ViewFields into) {
    if (json.peek() == 'n') {
      // In the JSON mapping null means that the field is absent.
      json.skipWord("null");
    } else if (field >= View.EVENT_ID_FIELD_NUMBER) {
      text(into.text(field));
    } else {
      number(field, into);
    }
  }

  private void number(int field, ViewFields into) {
    boolean quoted = json.take('"');
    long value = json.digits();
    boolean fits = field < View.WATCH_MS_FIELD_NUMBER || value <= Integer.MAX_VALUE;
    if (!fits || (quoted && !json.take('"'))) {
      json.giveUp();
      return;
    }
    into.setNumber(field, value);
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

  /** Returns whether there is an escaped surrogate; all of these begin with a D. */
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
