package dev.upswell.api.trace;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AsciiString;
import io.netty.util.AttributeKey;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The trace that a request is part of (W3C Trace Context): the caller's, or a new one.
 *
 * @param id 32 hexadecimal digits, not all zero
 * @param flags two hexadecimal digits, as the caller has them
 */
public record Trace(String id, String flags) {
  private static final AsciiString HEADER = AsciiString.of("traceparent");
  private static final AttributeKey<Trace> KEY = AttributeKey.valueOf("upswell.trace");
  private static final int LENGTH = 55;
  private static final int ID_FROM = 3;
  private static final int ID_TO = 35;
  private static final int PARENT_TO = 52;
  private static final String DIGITS = "0123456789abcdef";
  private static final String NOT_SAMPLED = "00";

  /** Returns the trace of a request, which exists from its arrival on. */
  public static Trace of(ServiceRequestContext ctx) {
    Trace known = ctx.attr(KEY);
    return known == null ? begin() : known;
  }

  /** Accepts the caller's trace or creates one, and stores it in the request. */
  static Trace take(ServiceRequestContext ctx, RequestHeaders headers) {
    String given = headers.get(HEADER, "");
    Trace trace =
        isValid(given)
            ? new Trace(given.substring(ID_FROM, ID_TO), given.substring(PARENT_TO + 1, LENGTH))
            : begin();
    ctx.setAttr(KEY, trace);
    return trace;
  }

  private static Trace begin() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new Trace(hex(random.nextLong()) + hex(random.nextLong() | 1), NOT_SAMPLED);
  }

  /** Returns the header to pass on: this trace with a new span id. */
  public String parent() {
    return "00-" + id + "-" + hex(ThreadLocalRandom.current().nextLong() | 1) + "-" + flags;
  }

  /**
   * Later versions may be longer but have the same prefix; version ff and ids of zeros are invalid.
   */
  private static boolean isValid(String text) {
    if (text.length() < LENGTH || text.startsWith("ff")) {
      return false;
    }
    if (text.length() > LENGTH && (text.startsWith("00") || text.charAt(LENGTH) != '-')) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      boolean dash = i == 2 || i == ID_TO || i == PARENT_TO;
      if (dash ? text.charAt(i) != '-' : DIGITS.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return !isZero(text, ID_FROM, ID_TO) && !isZero(text, ID_TO + 1, PARENT_TO);
  }

  private static boolean isZero(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  private static String hex(long value) {
    char[] text = new char[16];
    for (int i = 0; i < text.length; i++) {
      text[i] = DIGITS.charAt((int) (value >>> (60 - 4 * i)) & 0xf);
    }
    return new String(text);
  }
}
