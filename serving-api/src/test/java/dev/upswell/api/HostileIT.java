package dev.upswell.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.upswell.contract.VideoIds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is sent, it is answered below 500, and never with what is another user's. */
class HostileIT {
  private static final long T0 = 1_780_000_000_000L;
  private static final int REQUESTS = 10_000;
  private static final Pattern CREATOR = Pattern.compile("\"creatorId\":\"(\\d+)\"");
  private static final Pattern STATUS = Pattern.compile("HTTP/1.1 (\\d{3}) ");
  private static final Set<Integer> WITH_FIELDS = Set.of(400, 401, 403);

  private static TestApi api;
  private static List<String> cursorsOfOthers;

  @BeforeAll
  static void start(@TempDir Path dir) {
    api =
        TestApi.start(
            dir,
            Map.of("UPSWELL_AUTH_SECRET", Jwt.SECRET),
            "--rate-limit.user.per-second=0",
            "--rate-limit.client.per-second=0",
            "--request.deadline=5s");
    cursorsOfOthers = new ArrayList<>();
    // Each user follows one creator, whose number tells whose feed an entry is of.
    for (long user = 42; user <= 44; user++) {
      for (int i = 0; i < 40; i++) {
        api.feeds.publish(1_000 + user, VideoIds.at(T0 + i, (int) user));
      }
      api.feeds.follow(user, 1_000 + user);
      HttpResponse<String> page = send("/v1/users/" + user + "/feed", Jwt.user(user));
      if (user != 42) {
        cursorsOfOthers.add(ApiClient.json(page).get("cursor").getAsString());
      }
    }
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static HttpResponse<String> send(String path, String token) {
    return api.client.send(api.client.path(path).header("Authorization", "Bearer " + token));
  }

  @Test
  void hostileRequestsNeverFailOrLeakOtherUsersData() throws IOException {
    HostileRequests requests = new HostileRequests(1, cursorsOfOthers);
    Map<Integer, Integer> statuses = new TreeMap<>();
    try (RawClient client = new RawClient(api.server.port())) {
      for (int i = 0; i < REQUESTS; i++) {
        HostileRequests.Request request = requests.next();
        RawClient.Answer answer = client.send(request);
        String what = i + ": " + shortened(request.toString()) + " -> " + answer;
        assertThat(answer.status()).as(what).isBetween(200, 499);
        statuses.merge(answer.status(), 1, Integer::sum);
        if (answer.status() >= 400 && !request.method().equals("HEAD")) {
          assertIsProblem(answer, what);
        }
        if (request.path().contains("/feed")) {
          assertOwn(request, answer.body(), what);
        }
      }
    }
    assertThat(statuses).containsKeys(200, 400, 401, 403, 404);
  }

  private static String shortened(String text) {
    return text.length() < 300 ? text : text.substring(0, 300) + "…";
  }

  private static void assertIsProblem(RawClient.Answer answer, String what) {
    JsonObject problem = JsonParser.parseString(answer.body()).getAsJsonObject();
    assertThat(problem.get("status").getAsInt()).as(what).isEqualTo(answer.status());
    if (WITH_FIELDS.contains(answer.status())) {
      assertThat(problem.has("errors")).as(what).isTrue();
    }
  }

  /** Whose entries they are follows from whose token it was. */
  private static void assertOwn(HostileRequests.Request request, String body, String what) {
    String own = request.authorization().equals(Jwt.user(44)) ? "1044" : "1042";
    Matcher creators = CREATOR.matcher(body);
    while (creators.find()) {
      assertThat(creators.group(1)).as(what).isIn("1042", own);
    }
  }

  @Test
  void cursorsOfOtherUsersAreRejected() {
    for (String cursor : cursorsOfOthers) {
      JsonObject problem =
          ApiClient.problem(send("/v1/users/42/feed?cursor=" + cursor, Jwt.user(42)), 400);
      assertThat(ApiClient.field(problem)).isEqualTo("cursor");
    }
  }

  @Test
  void oversizedRequestsAreRejectedBeforeTheyAreRead() throws IOException {
    assertThat(raw("GET /v1/users/42/feed?cursor=" + "A".repeat(1 << 20) + " HTTP/1.1\r\n\r\n"))
        .isIn(400, 414, 431);
    assertThat(
            raw(
                "GET /v1/tiers HTTP/1.1\r\nhost: x\r\n"
                    + "X-Flood: ".concat("y".repeat(100)).concat("\r\n").repeat(10_000)
                    + "\r\n"))
        .isIn(400, 431);
    String head = "POST /v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + Jwt.user(42);
    assertThat(raw(head + "\r\ncontent-length: 99999999999\r\n\r\n{")).isIn(400, 413);
    assertThat(raw(head + "\r\ncontent-length: 2000000\r\n\r\n" + " ".repeat(2_000_000)))
        .isEqualTo(413);
    HttpRequest.Builder chunked =
        api.client
            .path("/v1/events")
            .header("Authorization", "Bearer " + Jwt.user(42))
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(new byte[2 << 20])));
    assertThat(api.client.send(chunked).statusCode()).isEqualTo(413);
  }

  private static int raw(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port())) {
      socket.setSoTimeout(20_000);
      try {
        socket.getOutputStream().write(text.getBytes(UTF_8));
      } catch (IOException rejected) {
        // Answered before all of it was sent.
      }
      byte[] answer = socket.getInputStream().readNBytes(16);
      Matcher status = STATUS.matcher(new String(answer, UTF_8));
      assertThat(status.find()).as(new String(answer, UTF_8)).isTrue();
      return Integer.parseInt(status.group(1));
    }
  }

  @Test
  void slowSenderIsDisconnectedAndOthersAreServed() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port());
        socket.setSoTimeout(1);
        slow.add(socket);
        socket.getOutputStream().write("GET /v1/tiers HTTP/1.1\r\n".getBytes(UTF_8));
      }
      long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
      int cut = 0;
      while (cut < slow.size() && System.nanoTime() < end) {
        assertThat(send("/v1/users/42/feed", Jwt.user(42)).statusCode()).isEqualTo(200);
        cut = (int) slow.stream().filter(HostileIT::isCut).count();
      }
      assertThat(cut).isEqualTo(slow.size());
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** Sends one more byte, then looks whether the other side has ended. */
  private static boolean isCut(Socket socket) {
    try {
      socket.getOutputStream().write('x');
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException open) {
      return false;
    } catch (IOException closed) {
      return true;
    }
  }
}
