package dev.upswell.contract;

import static dev.upswell.contract.Violation.quoted;

import com.google.protobuf.ProtocolMessageEnum;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks the fields of an event against the limits of the contract, and keeps the first violation.
 *
 * <p>{@code ViewFields} checks the same limits without objects. A property test compares both.
 */
public final class EventCheck {
  /** 2020-01-01T00:00Z. An older time comes from a wrong clock or unit. */
  public static final long EARLIEST_MILLIS = VideoIds.EPOCH_MILLIS;

  /** Maximum time by which the clock of a producer may be ahead, in milliseconds. */
  public static final long AHEAD_MILLIS = 5 * 60_000L;

  /** Unicode characters in a string. */
  public static final int MAX_CHARACTERS = 2_048;

  /**
   * Ids before this time are no time-ordered ids, such as numbers of a sequence: 2020-01-02T00:00Z,
   * in Unix milliseconds.
   */
  static final long EARLIEST_ID_MILLIS = VideoIds.EPOCH_MILLIS + 24 * 60 * 60_000L;

  static final int MAX_HASHTAGS = 64;

  static final String AN_ID = "a positive 63-bit integer";
  private static final String A_TIME_ORDERED_ID =
      "an id of a time from 2020-01-02T00:00Z to five minutes from now";
  private static final String A_HASHTAG =
      "characters without #, commas, spaces and control characters";
  private static final String A_LANGUAGE = "a tag of BCP 47, such as pt-BR";
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");
  private static final String A_TIME =
      "milliseconds since 1970, from 2020-01-01T00:00Z to five minutes from now";

  private final long latestMillis;
  private @Nullable Violation first;

  EventCheck(long nowMillis) {
    this.latestMillis = nowMillis + AHEAD_MILLIS;
  }

  Optional<Violation> violation() {
    return Optional.ofNullable(first);
  }

  void id(String field, long value) {
    if (value <= 0) {
      add(field, Long.toString(value), AN_ID);
    }
  }

  /** Checks the id of a video that becomes known: its time is the order of feeds. */
  void timeOrderedId(String field, long value) {
    if (value <= 0) {
      id(field, value);
      return;
    }
    long millis = VideoIds.millisOf(value);
    if (millis < EARLIEST_ID_MILLIS || millis > latestMillis) {
      add(field, value + ", an id of " + Instant.ofEpochMilli(millis), A_TIME_ORDERED_ID);
    }
  }

  void time(String field, long millis) {
    if (millis < EARLIEST_MILLIS || millis > latestMillis) {
      add(field, Long.toString(millis), A_TIME);
    }
  }

  void notNegative(String field, long value) {
    if (value < 0) {
      add(field, Long.toString(value), "0 or more");
    }
  }

  void finite(String field, List<Float> values) {
    for (int i = 0; i < values.size(); i++) {
      float value = values.get(i);
      if (!Float.isFinite(value)) {
        add(field + "[" + i + "]", Float.toString(value), "a finite number");
      }
    }
  }

  void probability(String field, float value) {
    // Written so that NaN fails.
    if (!(value >= 0 && value <= 1)) {
      add(field, Float.toString(value), "0..1");
    }
  }

  void text(String field, String value) {
    // The number of units is never below that of characters, so most need no counting.
    if (value.length() > MAX_CHARACTERS
        && value.codePointCount(0, value.length()) > MAX_CHARACTERS) {
      add(
          field,
          value.codePointCount(0, value.length()) + " characters",
          "at most " + MAX_CHARACTERS + " characters");
    }
  }

  void requiredText(String field, String value) {
    if (value.isEmpty()) {
      add(field, quoted(value), "a text");
    }
    text(field, value);
  }

  void texts(String field, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).length() > MAX_CHARACTERS) {
        text(field + "[" + i + "]", values.get(i));
      }
    }
  }

  void hashtags(String field, List<String> values) {
    if (values.size() > MAX_HASHTAGS) {
      add(field, values.size() + " entries", "at most " + MAX_HASHTAGS + " entries");
    }
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      if (value.isEmpty() || value.codePoints().anyMatch(EventCheck::isNotOfHashtag)) {
        add(field + "[" + i + "]", Violation.quoted(value), A_HASHTAG);
      }
    }
    texts(field, values);
  }

  private static boolean isNotOfHashtag(int character) {
    return character == '#'
        || character == ','
        || Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.isISOControl(character);
  }

  /** Checks an optional region. */
  void region(String field, String value) {
    if (!value.isEmpty() && !Vocabulary.isRegion(value)) {
      add(field, Violation.quoted(value), Vocabulary.A_REGION);
    }
  }

  /** Checks an optional word, such as a category. */
  void word(String field, String value) {
    if (!value.isEmpty() && !Vocabulary.isWord(value)) {
      add(field, Violation.quoted(value), Vocabulary.A_WORD);
    }
  }

  /** Checks an optional language. */
  void language(String field, String value) {
    if (!value.isEmpty() && !LANGUAGE.matcher(value).matches()) {
      add(field, Violation.quoted(value), A_LANGUAGE);
    }
  }

  /** Checks an enum: present, and a constant of this schema. */
  <E extends Enum<E> & ProtocolMessageEnum> void known(String field, E value, int number) {
    if (number == 0 || value.name().equals("UNRECOGNIZED")) {
      add(field, number == 0 ? value.name() : Integer.toString(number), names(value));
    }
  }

  /** An enum that may be left out. */
  <E extends Enum<E> & ProtocolMessageEnum> void knownOrUnsaid(String field, E value, int number) {
    if (number != 0) {
      known(field, value, number);
    }
  }

  void differ(String field, long value, String other, long otherValue) {
    if (value == otherValue) {
      add(field, Long.toString(value), "other than " + other);
    }
  }

  private void add(String field, String given, String expected) {
    if (first == null) {
      first = new Violation(field, given, expected);
    }
  }

  private static <E extends Enum<E> & ProtocolMessageEnum> String names(E value) {
    // Excludes UNRECOGNIZED, the one constant without a number.
    return List.of(value.getDeclaringClass().getEnumConstants()).stream()
        .filter(constant -> !constant.name().equals("UNRECOGNIZED"))
        .filter(constant -> constant.getNumber() != 0)
        .map(Enum::name)
        .collect(Collectors.joining(", "));
  }
}
