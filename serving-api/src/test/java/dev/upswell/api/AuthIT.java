package dev.upswell.api;

import static dev.upswell.api.ApiClient.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.PlainJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthIT {
  private static final AtomicReference<String> KEYS = new AtomicReference<>("");
  private static final AtomicInteger FETCHED = new AtomicInteger();
  private static HttpServer keyServer;
  private static RSAKey rsa;
  private static TestApi api;

  @BeforeAll
  static void start(@TempDir Path dir) throws Exception {
    rsa = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
    KEYS.set(new JWKSet(rsa.toPublicJWK()).toString());
    keyServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    keyServer.createContext(
        "/keys",
        exchange -> {
          FETCHED.incrementAndGet();
          byte[] body = KEYS.get().getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    keyServer.start();
    api =
        TestApi.start(
            dir,
            Map.of("UPSWELL_AUTH_SECRET", Jwt.SECRET),
            "--auth.jwks=http://127.0.0.1:" + keyServer.getAddress().getPort() + "/keys",
            "--auth.issuer=https://issuer.example");
  }

  @AfterAll
  static void stop() {
    api.close();
    keyServer.stop(0);
  }

  private static com.nimbusds.jwt.JWTClaimsSet.Builder claims(String subject) {
    return Jwt.claims(subject).issuer("https://issuer.example");
  }

  private static String token(String subject) {
    return Jwt.hs256(Jwt.SECRET, claims(subject).build());
  }

  private static HttpResponse<String> get(String path, String token) {
    return api.client.send(api.client.path(path).header("Authorization", "Bearer " + token));
  }

  @Test
  void userReadsOnlyTheirOwnFeed() {
    assertThat(get("/v1/users/42/feed", token("42")).statusCode()).isEqualTo(200);

    JsonObject problem = problem(get("/v1/users/43/feed", token("42")), 403);
    assertThat(ApiClient.field(problem)).isEqualTo("userId");
    problem(get("/v1/users/42/feed", token("a-machine")), 403);
    assertThat(get("/v1/tiers", token("a-machine")).statusCode()).isEqualTo(200);
  }

  @Test
  void requestsWithoutTokenAreRejected() {
    for (String path : new String[] {"/v1/users/42/feed", "/v1/tiers", "/metrics"}) {
      HttpResponse<String> response = api.client.get(path);
      problem(response, 401);
      assertThat(response.headers().firstValue("www-authenticate")).hasValue("Bearer");
    }
    for (String path : new String[] {"/health/live", "/health/ready", "/docs/openapi.yaml"}) {
      assertThat(api.client.get(path).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void invalidTokensAreRejected() throws Exception {
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("none", new PlainJWT(claims("42").build()).serialize());
    bad.put("no token", "x.y.z");
    bad.put("empty", "");
    bad.put(
        "another secret",
        Jwt.hs256("another secret, as long as it has to be", claims("42").build()));
    bad.put(
        "expired",
        Jwt.hs256(
            Jwt.SECRET,
            claims("42").expirationTime(Jwt.date(Instant.now().minusSeconds(60))).build()));
    bad.put(
        "not yet",
        Jwt.hs256(
            Jwt.SECRET,
            claims("42").notBeforeTime(Jwt.date(Instant.now().plusSeconds(120))).build()));
    bad.put("audience", Jwt.hs256(Jwt.SECRET, claims("42").audience("another").build()));
    bad.put("issuer", Jwt.hs256(Jwt.SECRET, claims("42").issuer("https://evil.example").build()));
    bad.put("no expiry", Jwt.hs256(Jwt.SECRET, claims("42").expirationTime(null).build()));
    bad.put("no subject", Jwt.hs256(Jwt.SECRET, claims("42").subject(null).build()));
    // The public key used as an HMAC secret.
    bad.put(
        "confused",
        Jwt.sign(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build(),
            new MACSigner(rsa.toPublicJWK().toRSAPublicKey().getEncoded()),
            claims("42").build()));
    bad.put("changed", token("42").replaceFirst("\\.[^.]+\\.", ".eyJzdWIiOiI0MyJ9."));

    bad.forEach(
        (what, token) -> {
          HttpResponse<String> response = get("/v1/users/42/feed", token);
          assertThat(response.statusCode()).as(what).isEqualTo(401);
          assertThat(response.body()).as(what).contains("\"Authorization\"");
          if (!token.isEmpty()) {
            assertThat(response.body()).as(what).doesNotContain(token);
          }
        });
    assertThat(
            ApiClient.metric(
                get("/metrics", operator()), "upswell_rejected_total{reason=\"unauthenticated\"}"))
        .isGreaterThanOrEqualTo(bad.size());
  }

  private static String operator() {
    return Jwt.hs256(Jwt.SECRET, claims("7").claim("scope", "profile upswell:operate").build());
  }

  @Test
  void operatorEndpointsRequireTheirScope() {
    problem(get("/metrics", token("42")), 403);
    assertThat(get("/metrics", operator()).statusCode()).isEqualTo(200);
    problem(get("/v1/users/42/feed", operator()), 403);
  }

  @Test
  void keysAreCachedAndFetchedAgainForUnknownKeyId() throws Exception {
    String first =
        Jwt.sign(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa-1").build(),
            new RSASSASigner(rsa),
            claims("42").build());
    for (int i = 0; i < 20; i++) {
      assertThat(get("/v1/users/42/feed", first).statusCode()).isEqualTo(200);
    }
    int fetched = FETCHED.get();
    assertThat(fetched).isBetween(1, 2);

    ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
    KEYS.set(new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())).toString());
    String second =
        Jwt.sign(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec-1").build(),
            new ECDSASigner(ec),
            claims("42").build());
    assertThat(get("/v1/users/42/feed", second).statusCode()).isEqualTo(200);
    assertThat(FETCHED.get()).isEqualTo(fetched + 1);
  }

  @Test
  void eventsOfOtherUsersAreRejected() {
    String view = "{\"viewerId\": %d, \"videoId\": 1, \"creatorId\": 2, \"viewedAt\": %d}";
    long now = System.currentTimeMillis();
    String body =
        "{\"sessions\": [{\"userId\": 42, \"at\": %d}], \"views\": [%s, %s]}"
            .formatted(now, view.formatted(42, now), view.formatted(43, now));
    HttpResponse<String> response =
        api.client.send(
            api.client
                .path("/v1/events")
                .header("Authorization", "Bearer " + token("42"))
                .POST(BodyPublishers.ofString(body)));

    assertThat(problem(response, 403).get("detail").getAsString())
        .isEqualTo("views[1]: an event of user 43 (expected: of the user that the token names)");
  }

  @Test
  void invalidTokensConsumeQuota() {
    try (ApiServer strict =
        TestApi.server(
            api.redis.uri(),
            Map.of("UPSWELL_AUTH_SECRET", Jwt.SECRET),
            "--rate-limit.client.burst=5",
            "--rate-limit.client.per-second=1")) {
      ApiClient client = new ApiClient(strict.port());
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String token =
            Jwt.hs256("another secret, as long as it has to be " + i, claims("42").build());
        statuses.add(
            client
                .send(client.path("/v1/tiers").header("Authorization", "Bearer " + token))
                .statusCode());
      }
      assertThat(statuses).startsWith(401).contains(429).containsOnly(401, 429);
    }
  }

  @Test
  void invalidAuthOptionsAreRejectedAtStart() {
    assertThatThrownBy(() -> options(Map.of()))
        .hasMessage(
            "auth: jwt, with neither auth.secret nor auth.jwks (expected: one of them, or off)");
    assertThatThrownBy(() -> options(Map.of(), "--auth=off", "--host=0.0.0.0"))
        .hasMessage(
            "auth: off, with host 0.0.0.0 (expected: jwt, or a loopback host such as 127.0.0.1)");
    assertThatThrownBy(() -> options(Map.of("UPSWELL_AUTH_SECRET", "short")))
        .hasMessage("auth.secret: 5 characters (expected: 32 or more)");
    assertThat(options(Map.of("UPSWELL_AUTH_SECRET", Jwt.SECRET)).auth().toString())
        .doesNotContain(Jwt.SECRET);
  }

  private static ApiOptions options(Map<String, String> environment, String... options) {
    String[] all = java.util.Arrays.copyOf(options, options.length + 2);
    all[options.length] = "--redis.uri=redis://127.0.0.1:1";
    all[options.length + 1] = "--kafka.bootstrap-servers=127.0.0.1:9";
    return ApiOptions.from(ApiOptions.options().read(all, environment));
  }
}
