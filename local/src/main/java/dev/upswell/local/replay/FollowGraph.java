package dev.upswell.local.replay;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Follow graph as a list of edges. Immutable. */
final class FollowGraph {
  private final int[] followers;
  private final int[] followees;

  private FollowGraph(int[] followers, int[] followees) {
    this.followers = followers;
    this.followees = followees;
  }

  /** Reads lines of {@code follower followee weight}. */
  static FollowGraph read(Path gzip) throws IOException {
    int[] followers = new int[1 << 16];
    int[] followees = new int[1 << 16];
    int count = 0;
    try (BufferedReader reader = lines(gzip)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (count == followers.length) {
          followers = Arrays.copyOf(followers, 2 * count);
          followees = Arrays.copyOf(followees, 2 * count);
        }
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        followers[count] = Integer.parseInt(line, 0, first, 10);
        followees[count] = Integer.parseInt(line, first + 1, second, 10);
        count++;
      }
    }
    return new FollowGraph(Arrays.copyOf(followers, count), Arrays.copyOf(followees, count));
  }

  static BufferedReader lines(Path gzip) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(new FileInputStream(gzip.toFile())), StandardCharsets.US_ASCII));
  }

  /** Returns the follower of an edge, from 0. */
  int follower(int edge) {
    return followers[edge];
  }

  /** Returns the followee of an edge, from 0. */
  int followee(int edge) {
    return followees[edge];
  }

  /** The number of edges. */
  int size() {
    return followers.length;
  }
}
