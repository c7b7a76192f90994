package dev.upswell.api.cursor;

import dev.upswell.options.Option;
import dev.upswell.options.Options;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sealing of cursors.
 *
 * @param secrets the first one seals; empty for a random one, so that other instances, and this one
 *     after a restart, reject its cursors. Never printed
 * @param ttl lifetime of a cursor
 */
public record CursorOptions(List<String> secrets, Duration ttl) {
  private static final int SHORTEST_SECRET = 16;

  private static final Option<Optional<String>> SECRET =
      Option.secret(
          "cursor.secret",
          "Key of cursors, equal for all instances; 16 characters or more, to rotate: new,old");
  private static final Option<Duration> TTL =
      Option.duration(
          "cursor.ttl",
          Duration.ofHours(24),
          Duration.ofSeconds(1),
          Duration.ofDays(30),
          "Lifetime of a cursor");

  /** The options. */
  public static final List<Option<?>> ALL = List.of(SECRET, TTL);

  /** Checks the secrets. */
  public CursorOptions {
    secrets = List.copyOf(secrets);
    for (String secret : secrets) {
      if (secret.length() < SHORTEST_SECRET) {
        throw new IllegalArgumentException(
            "cursor.secret: %d characters (expected: %d or more)"
                .formatted(secret.length(), SHORTEST_SECRET));
      }
    }
  }

  /** Reads the options. */
  public static CursorOptions from(Options options) {
    List<String> secrets =
        options
            .get(SECRET)
            .map(all -> Arrays.stream(all.split(",", -1)).map(String::strip).toList())
            .orElse(List.of());
    return new CursorOptions(secrets, options.get(TTL));
  }

  @Override
  public String toString() {
    return "CursorOptions[secrets=" + secrets.size() + ", ttl=" + ttl + "]";
  }
}
