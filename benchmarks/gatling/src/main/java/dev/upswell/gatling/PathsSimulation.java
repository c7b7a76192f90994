package dev.upswell.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks for the paths of a file in turn: either so many times a second, whether it is answered or
 * not (an open loop, whose latencies count from when a request was due), or over so many
 * connections as fast as it is answered. What it does first warms it up, and is not counted.
 *
 * <p>Told by system properties: {@code upswell.url}, {@code upswell.paths} (a file), {@code
 * upswell.warm-up} and {@code upswell.seconds} (one after the other), and either {@code
 * upswell.per-second} or {@code upswell.connections}.
 */
public final class PathsSimulation extends Simulation {
  private final List<String> paths = paths();
  private final AtomicInteger at = new AtomicInteger();

  /** Gatling makes it. */
  public PathsSimulation() {
    HttpRequestActionBuilder request =
        http("path")
            .get(session -> paths.get(Math.floorMod(at.getAndIncrement(), paths.size())))
            .check(status().is(200));
    Duration warmUp = Duration.ofSeconds(Integer.parseInt(property("upswell.warm-up")));
    Duration time = Duration.ofSeconds(Integer.parseInt(property("upswell.seconds")));
    // Shared, or each request would be a connection.
    var protocol = http.baseUrl(property("upswell.url")).shareConnections().disableCaching();
    String rate = System.getProperty("upswell.per-second");
    if (rate == null) {
      setUp(
          scenario("as fast as it is answered")
              .during(warmUp)
              .on(exec(request.silent()))
              .during(time)
              .on(exec(request))
              .injectOpen(atOnceUsers(Integer.parseInt(property("upswell.connections"))))
              .protocols(protocol));
    } else {
      double perSecond = Double.parseDouble(rate);
      setUp(
          scenario("warm-up")
              .exec(request.silent())
              .injectOpen(constantUsersPerSec(perSecond).during(warmUp))
              .protocols(protocol),
          scenario("whether answered or not")
              .exec(request)
              .injectOpen(nothingFor(warmUp), constantUsersPerSec(perSecond).during(time))
              .protocols(protocol));
    }
  }

  private static List<String> paths() {
    try {
      return Files.readAllLines(Path.of(property("upswell.paths")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("-D" + name + " is missing");
    }
    return value;
  }
}
