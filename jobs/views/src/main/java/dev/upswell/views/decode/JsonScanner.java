package dev.upswell.views.decode;

import dev.upswell.contract.StrictJson;

/**
 * Scans JSON bytes by RFC 8259 without building values.
 *
 * <p>After it has given up, every further step has no effect. The caller checks at the end.
 */
final class JsonScanner {
  /** Levels that are skipped: fewer than {@link StrictJson} reads, and a bit of a long for each. */
  private static final int MAX_DEPTH = 60;

  /** Longer numbers are rejected, like in Gson, which accepts no number beyond its buffer. */
  private static final int MAX_NUMBER = 64;

  /** Digits of a long. */
  private static final int MAX_DIGITS = 19;

  private static final long[] POWERS_OF_TEN = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  byte[] source = {};
  int position;
  boolean givenUp;

  private int end;
  private boolean escaped;
  private boolean ascii;

  void start(byte[] source, int offset, int end) {
    this.source = source;
    this.position = offset;
    this.end = end;
    this.givenUp = false;
    this.ascii = true;
  }

  /** Returns whether the last skipped string has escapes. */
  boolean isEscaped() {
    return escaped;
  }

  /** Returns whether every string so far was ASCII. */
  boolean isAscii() {
    return ascii;
  }

  boolean isAtEnd() {
    return position == end;
  }

  void giveUp() {
    givenUp = true;
    position = end;
  }

  int end() {
    return end;
  }

  /** The next byte, or 0 at the end. No JSON has a 0 outside of strings. */
  byte peek() {
    return position < end ? source[position] : 0;
  }

  /** Consumes the next byte after white space, which must be this one. */
  void expect(char wanted) {
    skipSpace();
    if (!take(wanted)) {
      giveUp();
    }
  }

  /** Consumes the next byte if it is this one. */
  boolean take(char wanted) {
    if (peek() == wanted) {
      position++;
      return true;
    }
    return false;
  }

  void skipSpace() {
    while (position < end) {
      byte next = source[position];
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        return;
      }
      position++;
    }
  }

  /** Skips the rest of a string of which the opening quote is taken, the closing one included. */
  void skipString() {
    escaped = false;
    // A local copy: C2 does not keep fields in registers across the loop.
    byte[] bytes = source;
    int at = position;
    while (end - at >= Long.BYTES) {
      int plain = EightBytes.plain(EightBytes.at(bytes, at));
      at += plain;
      if (plain < Long.BYTES) {
        break;
      }
    }
    while (at < end) {
      byte next = bytes[at++];
      if (next == '"') {
        position = at;
        return;
      }
      if (next < ' ') {
        if (next >= 0) {
          break;
        }
        ascii = false;
      } else if (next == '\\') {
        escaped = true;
        at = afterEscape(at);
      }
    }
    giveUp();
  }

  /**
   * Consumes 0, or digits without a leading zero that fit a long, and gives up on others. Bytes
   * behind the digits are checked later, and so are digits behind the end.
   */
  long digits() {
    // A local copy, as above.
    byte[] bytes = source;
    int start = position;
    int at = start;
    long value = 0;
    int count = Long.BYTES;
    // With more digits than a long has, the value is undecidable here, so the scan stops.
    while (count == Long.BYTES && bytes.length - at >= Long.BYTES && at - start <= MAX_DIGITS) {
      long eight = EightBytes.at(bytes, at);
      count = EightBytes.digits(eight);
      value = value * POWERS_OF_TEN[count] + EightBytes.number(eight, count);
      at += count;
    }
    while (count == Long.BYTES && at < end && isDigit(bytes[at]) && at - start <= MAX_DIGITS) {
      value = value * 10 + (bytes[at++] - '0');
    }
    // Nineteen nines are less than twice the longest: too much shows as a negative number.
    boolean fits = at - start <= MAX_DIGITS && value >= 0;
    if (!fits || at == start || (at - start > 1 && bytes[start] == '0')) {
      giveUp();
      return 0;
    }
    position = at;
    return value;
  }

  private static boolean isDigit(byte next) {
    return next >= '0' && next <= '9';
  }

  private int afterEscape(int at) {
    switch (at < end ? source[at] : 0) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return at + 1;
      }
      case 'u' -> {
        boolean isWhole = end - at > 4;
        for (int i = at + 1; isWhole && i <= at + 4; i++) {
          isWhole = Character.digit(source[i], 16) >= 0;
        }
        return isWhole ? at + 5 : end;
      }
      default -> {
        return end;
      }
    }
  }

  /** Consumes one of the three literals, if the next byte begins it. */
  void skipWord(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (!take(word.charAt(i))) {
        giveUp();
        return;
      }
    }
  }

  /** Skips a value of any kind and depth. White space before it was skipped already. */
  void skipValue() {
    // One bit per level: set for an object. No recursion, so no record can exhaust the stack.
    long objects = 0;
    int depth = 0;
    while (!givenUp) {
      byte next = peek();
      if (next == '{' || next == '[') {
        position++;
        if (++depth > MAX_DEPTH) {
          giveUp();
          return;
        }
        objects = (objects << 1) | (next == '{' ? 1 : 0);
        skipSpace();
        if (!take(next == '{' ? '}' : ']')) {
          skipNameIn(objects);
          continue;
        }
        objects >>>= 1;
        depth--;
      } else {
        skipScalar(next);
      }
      // After a value: up through every level that ends here, to the next value or out.
      while (depth > 0 && !givenUp) {
        skipSpace();
        if (take(',')) {
          if ((objects & 1) == 1) {
            // The codec rejects duplicate names, and must decide about a second one.
            giveUp();
          }
          skipSpace();
          break;
        }
        expect((objects & 1) == 1 ? '}' : ']');
        objects >>>= 1;
        depth--;
      }
      if (depth == 0) {
        return;
      }
    }
  }

  private void skipNameIn(long objects) {
    if ((objects & 1) == 1) {
      expect('"');
      skipString();
      expect(':');
      skipSpace();
    }
  }

  private void skipScalar(byte first) {
    switch (first) {
      case '"' -> {
        position++;
        skipString();
      }
      case 't' -> skipWord("true");
      case 'f' -> skipWord("false");
      case 'n' -> skipWord("null");
      default -> skipNumber();
    }
  }

  private void skipNumber() {
    int start = position;
    take('-');
    if (!take('0')) {
      skipDigits();
    }
    if (take('.')) {
      skipDigits();
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      skipDigits();
    }
    if (position - start > MAX_NUMBER) {
      giveUp();
    }
  }

  /** Skips one digit or more. */
  private void skipDigits() {
    int start = position;
    while (peek() >= '0' && peek() <= '9') {
      position++;
    }
    if (position == start) {
      giveUp();
    }
  }
}
