package dev.upswell.processes;

import java.nio.file.Path;

/** A program that starts a server and ends without closing it. */
final class Forgetful {
  private Forgetful() {}

  // Not closing it is the point.
  @SuppressWarnings("resource")
  public static void main(String[] arguments) {
    RedisProcess redis = RedisProcess.start(Path.of(arguments[0]));
    System.out.println("pid=" + redis.pid());
    System.exit(0);
  }
}
