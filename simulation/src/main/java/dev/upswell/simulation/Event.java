package dev.upswell.simulation;

import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Video;
import java.util.random.RandomGenerator;

/** An external event. */
public sealed interface Event {
  /** A creator publishes the next video. */
  record Publish(long creator, Video.Visibility visibility) implements Event {}

  /** A creator shows or hides a video, counted back from the newest. */
  record Show(long creator, int back, Video.Visibility visibility) implements Event {}

  /**
   * A video is removed, counted back from the newest of a creator.
   *
   * @param named creator that the record names
   */
  record Remove(long creator, int back, long named) implements Event {}

  /**
   * A video is removed before its publication is read.
   *
   * @param named creator that the removal names
   */
  record RemoveEarly(long creator, long named) implements Event {}

  /** A creator publishes a video of another, counted back from the newest of the other. */
  record Claim(long creator, long other, int back) implements Event {}

  /**
   * A user changes the relationship to another.
   *
   * @param back milliseconds by which the user's clock is behind, if the last change between both
   *     was by the same user
   */
  record Relate(long user, long other, Follow.Type type, int back) implements Event {}

  /** A user opens the app. */
  record Open(long user) implements Event {}

  /** Minutes pass; viewers become idle. */
  record Wait(int minutes) implements Event {}

  /**
   * Seconds pass, more than any read takes, and possibly more than the lifetime of cached pulled
   * creators.
   */
  record Tick(int seconds) implements Event {}

  /** A user reads the whole feed, page by page, at one of the readers. */
  record Read(long user, int limit, int reader) implements Event {}

  /** A user's feeds expire or are evicted. */
  record Expire(long user) implements Event {}

  /** The job makes a checkpoint. */
  record Checkpoint() implements Event {}

  /** The job fails and restarts from its newest checkpoint. */
  record Crash() implements Event {}

  /** All work in progress completes, and feeds are compared with the model. */
  record Settle() implements Event {}

  /**
   * Frequencies of events in a history.
   *
   * @param celebrity whether every second relationship is with the first user
   * @param unfollows frequency of separations, per eight follows
   */
  record Mix(boolean celebrity, int unfollows) {}

  /** Returns an event among so few users that most events affect each other. */
  static Event random(RandomGenerator random, Mix mix) {
    int left = random.nextInt(100);
    if ((left -= 22) < 0) {
      return new Publish(user(random), visibility(random, 12));
    } else if ((left -= 3) < 0) {
      return new Show(user(random), random.nextInt(4), visibility(random, 2));
    } else if ((left -= 4) < 0) {
      long creator = user(random);
      return new Remove(
          creator, random.nextInt(6), random.nextInt(4) == 0 ? user(random) : creator);
    } else if ((left -= 1) < 0) {
      return random.nextBoolean()
          ? new RemoveEarly(user(random), user(random))
          : new Claim(user(random), user(random), random.nextInt(4));
    } else if ((left -= 19) < 0) {
      return relate(random, mix);
    } else if ((left -= 12) < 0) {
      return new Open(user(random));
    } else if ((left -= 2) < 0) {
      return new Wait(1 + random.nextInt(70));
    } else if ((left -= 8) < 0) {
      return new Tick(3 + random.nextInt(30));
    } else if ((left -= 17) < 0) {
      return new Read(user(random), 1 + random.nextInt(4), random.nextInt(2));
    } else if ((left -= 4) < 0) {
      return new Expire(user(random));
    } else if ((left -= 4) < 0) {
      return new Checkpoint();
    } else if ((left -= 2) < 0) {
      return new Crash();
    }
    return new Settle();
  }

  private static Event relate(RandomGenerator random, Mix mix) {
    long user = user(random);
    long any = 1L + (user + random.nextInt(FeedSimulation.USERS - 1)) % FeedSimulation.USERS;
    long other = mix.celebrity() && user > 1 && random.nextBoolean() ? 1 : any;
    int kind = random.nextInt(10 + mix.unfollows());
    Follow.Type type =
        switch (kind) {
          case 0 -> Follow.Type.BLOCK;
          case 1 -> Follow.Type.UNBLOCK;
          default -> kind < 10 ? Follow.Type.FOLLOW : Follow.Type.UNFOLLOW;
        };
    int back = random.nextInt(3) == 0 ? random.nextInt(3) * 30_000 : -1;
    return new Relate(user, other, type, back);
  }

  private static long user(RandomGenerator random) {
    return 1L + random.nextInt(FeedSimulation.USERS);
  }

  private static Video.Visibility visibility(RandomGenerator random, int oneIn) {
    if (random.nextInt(oneIn) > 0) {
      return Video.Visibility.PUBLIC;
    }
    return random.nextBoolean() ? Video.Visibility.PRIVATE : Video.Visibility.FOLLOWERS;
  }
}
