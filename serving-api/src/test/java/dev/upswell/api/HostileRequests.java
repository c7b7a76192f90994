package dev.upswell.api;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Generates hostile requests, the same for each seed. */
final class HostileRequests {
  private static final List<String> IDS =
      List.of(
          "0",
          "-1",
          "+1",
          "9223372036854775808",
          "9223372036854775807",
          "00",
          "1e3",
          "0x1",
          "abc",
          "%D9%A1",
          "%F0%9F%92%A9",
          "%00",
          "1%0d%0aX-Evil:%201",
          "..%2f..%2fetc",
          "1;2",
          "%20",
          "NaN",
          "1%2F2",
          "null",
          "'%20or%20'1'='1",
          "43");

  private final Random random;
  private final List<String> cursors;

  /**
   * @param method such as {@code GET}
   * @param authorization empty for none
   * @param body empty for none
   */
  record Request(String method, String path, String authorization, String body) {}

  HostileRequests(long seed, List<String> cursorsOfOthers) {
    this.random = new Random(seed);
    this.cursors = cursorsOfOthers;
  }

  Request next() {
    return switch (random.nextInt(6)) {
      case 0 -> get("/v1/users/" + id() + "/feed" + query(), token());
      case 1 -> get("/v1/users/42/feed" + query(), Jwt.user(42));
      case 2 ->
          get("/v1/videos?ids=" + id() + "," + id() + query().replace('?', '&'), Jwt.user(42));
      case 3 -> get("/v1/videos/" + id() + "/stats", Jwt.user(42));
      case 4 -> new Request("POST", "/v1/events", token(), body());
      default -> new Request(method(), "/" + garbage(20), token(), "");
    };
  }

  private static Request get(String path, String token) {
    return new Request("GET", path, token, "");
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String id() {
    return random.nextInt(4) == 0 ? Long.toString(random.nextLong()) : one(IDS);
  }

  private String method() {
    return one(List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "POST"));
  }

  private String garbage(int most) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(most);
    for (int i = 0; i < length; i++) {
      text.append(String.format("%%%02x", random.nextInt(256)));
    }
    return text.toString();
  }

  private String query() {
    return switch (random.nextInt(5)) {
      case 0 -> "?limit=" + one(List.of("0", "101", "-1", "2147483648", "x", "", "%D9%A1"));
      case 1 -> "?cursor=" + cursor();
      case 2 -> "?refresh=" + one(List.of("yes", "TRUE", "1", "%00"));
      case 3 -> "?" + garbage(30) + "=" + garbage(30);
      default -> "?cursor=" + garbage(60) + "&limit=" + garbage(3);
    };
  }

  private String cursor() {
    byte[] forged = new byte[random.nextInt(60)];
    random.nextBytes(forged);
    return switch (random.nextInt(4)) {
      case 0 -> one(cursors);
      case 1 -> Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
      case 2 -> "A".repeat(random.nextInt(3_000));
      default -> one(cursors).substring(1) + "B";
    };
  }

  private String token() {
    JWTClaimsSet.Builder claims = Jwt.claims("42");
    List<Supplier<String>> tokens =
        List.of(
            () -> "",
            () -> new PlainJWT(claims.build()).serialize(),
            () -> Jwt.hs256("a secret that nobody knows, long enough", claims.build()),
            () ->
                Jwt.hs256(
                    Jwt.SECRET,
                    claims.expirationTime(Jwt.date(Instant.now().minusSeconds(600))).build()),
            () -> Jwt.hs256(Jwt.SECRET, claims.audience("another").build()),
            () -> Jwt.hs256(Jwt.SECRET, claims.subject("9223372036854775808").build()),
            () -> Jwt.user(44),
            () -> "x".repeat(random.nextInt(3_000)),
            () -> "e30.e30.e30",
            () -> "[".repeat(2_000));
    return one(tokens).get();
  }

  private String body() {
    return switch (random.nextInt(8)) {
      case 0 -> "[".repeat(50_000);
      case 1 -> "{\"a\":".repeat(20_000);
      case 2 -> "{\"views\": [" + "{},".repeat(999) + "{}]}";
      case 3 -> "{\"views\": " + "9".repeat(10_000) + "}";
      case 4 -> "\"" + "\\u0000".repeat(1_000) + "\"";
      case 5 ->
          "{\"sessions\": [{\"userId\": \"43\", \"at\": %d}]}"
              .formatted(System.currentTimeMillis());
      case 6 -> "{\"sessions\": [{\"userId\": 1e400, \"at\": -1}], \"sessions\": 1}";
      default -> garbage(200);
    };
  }
}
