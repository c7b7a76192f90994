package dev.upswell.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Cacheable response that is the same for all callers. It has an entity tag, and a request with the
 * current tag gets 304 (RFC 9110, 9111). An answer to one caller is not cacheable.
 */
public final class CacheableJson {
  /** Bytes of the hash in the tag, enough to make collisions of bodies improbable. */
  private static final int TAG_BYTES = 12;

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long SECOND = Duration.ofSeconds(1).toMillis();

  /** Jobs are seconds behind the clock, so the end of the minute alone would be too long. */
  private static final long MAX_SECONDS_OF_MINUTE = 5;

  private final byte[] body;
  private final String tag;
  private final Duration maxAge;

  /**
   * Creates a response.
   *
   * @param maxAge cache lifetime; fractions of a second are dropped
   */
  public CacheableJson(JsonObject body, Duration maxAge) {
    this.body = body.toString().getBytes(UTF_8);
    this.tag = '"' + HexFormat.of().formatHex(sha256(this.body), 0, TAG_BYTES) + '"';
    this.maxAge = maxAge;
  }

  /**
   * Creates a response that jobs update at the end of each minute. Its cache lifetime ends with the
   * minute and is 1 to 5 seconds.
   */
  public static CacheableJson ofMinute(JsonObject body, InstantSource clock) {
    long left = (MINUTE - Math.floorMod(clock.millis(), MINUTE)) / SECOND;
    return new CacheableJson(
        body, Duration.ofSeconds(Math.max(1, Math.min(MAX_SECONDS_OF_MINUTE, left))));
  }

  /** Returns the response to one caller, which no cache may store. */
  public static HttpResponse toOne(JsonObject body) {
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.JSON_UTF_8)
            .set(HttpHeaderNames.CACHE_CONTROL, "private, no-store")
            .build(),
        HttpData.ofUtf8(body.toString()));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns the response to a request: 304 if the request names this tag, otherwise 200. */
  public HttpResponse to(RequestHeaders request) {
    String known = request.get(HttpHeaderNames.IF_NONE_MATCH, "");
    return isNamed(known)
        ? HttpResponse.of(headers(HttpStatus.NOT_MODIFIED).build())
        : HttpResponse.of(
            headers(HttpStatus.OK).contentType(MediaType.JSON_UTF_8).build(), HttpData.wrap(body));
  }

  /** Weak comparison, as required for If-None-Match by RFC 9110. */
  private boolean isNamed(String known) {
    return Arrays.stream(known.split(",", -1))
        .map(String::strip)
        .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
  }

  private ResponseHeadersBuilder headers(HttpStatus status) {
    return ResponseHeaders.builder(status)
        .set(HttpHeaderNames.ETAG, tag)
        .set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=" + maxAge.toSeconds());
  }
}
