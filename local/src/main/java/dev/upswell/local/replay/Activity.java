package dev.upswell.local.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An action of a user on the post of another.
 *
 * @param actor acting user
 * @param author author of the post
 * @param at Unix seconds
 */
record Activity(int actor, int author, long at, Kind kind) {
  /** Kind of action, named as in the files. */
  enum Kind {
    /** Posted it again. */
    RT,
    /** Answered. */
    RE,
    /** Mentioned its author. */
    MT
  }

  /** Reads lines of {@code actor author unixSeconds kind}, sorted by time. */
  static List<Activity> read(Path gzip) throws IOException {
    List<Activity> all = new ArrayList<>();
    try (BufferedReader reader = FollowGraph.lines(gzip)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        int third = line.indexOf(' ', second + 1);
        all.add(
            new Activity(
                Integer.parseInt(line, 0, first, 10),
                Integer.parseInt(line, first + 1, second, 10),
                Long.parseLong(line, second + 1, third, 10),
                Kind.valueOf(line.substring(third + 1).strip())));
      }
    }
    return all;
  }
}
