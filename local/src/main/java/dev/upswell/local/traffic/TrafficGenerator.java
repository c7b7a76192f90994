package dev.upswell.local.traffic;

import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.local.events.EventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Generates events one by one. The same seed, population and times give the same events. Not
 * thread-safe.
 */
public final class TrafficGenerator {
  private static final int ACTIVE_SHARE = 20;
  private static final double THOUSAND = 1_000;
  private static final List<String> CATEGORIES =
      List.of("comedy", "music", "sports", "food", "travel", "games", "news", "animals");
  private static final List<String> REGIONS = List.of("US", "BR", "IN", "ID", "DE", "NG", "JP");
  private static final List<String> DEVICES = List.of("android", "ios", "web");

  private final Population population;
  private final Mix mix;
  private final RandomGenerator random;
  private final EventSink sink;
  private final Consumer<Video> onPublished;
  private final int[] active;
  private final RecentVideos recent = new RecentVideos();
  private final List<Block> blocks = new ArrayList<>();
  private Optional<RecentVideos.Published> spiking = Optional.empty();
  private double spikeShare;
  private long lastRelation;
  private long lastIdMillis;
  private int lastIdLow;

  /** A block, and the follow that it ended. */
  private record Block(int by, int of, int user, int creator) {}

  /**
   * Makes events of a population.
   *
   * @param onPublished receives each new video after it was sent
   */
  public TrafficGenerator(
      Population population,
      Mix mix,
      RandomGenerator random,
      EventSink sink,
      Consumer<Video> onPublished) {
    this.population = population;
    this.mix = mix;
    this.random = random;
    this.sink = sink;
    this.onPublished = onPublished;
    this.active = new int[Math.max(1, population.users() / ACTIVE_SHARE)];
  }

  /** Sends all follows and the sessions of initially active users. */
  public void begin(long now) {
    lastRelation = now;
    for (int user = 1; user <= population.users(); user++) {
      for (int creator : population.followedBy(user)) {
        send(follow(user, creator, Follow.Type.FOLLOW, now));
      }
    }
    for (int i = 0; i < active.length; i++) {
      open(i, population.drawUser(random), now);
    }
  }

  /** Sends a session of a user. */
  public void open(int user, long now) {
    sink.send(
        EventType.SESSIONS,
        Session.newBuilder()
            .setUserId(user)
            .setAt(now)
            .setDevice(of(DEVICES, user))
            .setRegion(of(REGIONS, user))
            .build());
  }

  /**
   * Sends some event, such as the mix makes likely. Each time is at or after that of the call
   * before.
   */
  public void next(long now) {
    double left = random.nextDouble() * THOUSAND;
    if ((left -= mix.published()) < 0 || recent.isEmpty()) {
      publish(population.drawPublisher(random), now);
    } else if ((left -= mix.sessions()) < 0) {
      open(random.nextInt(active.length), population.drawUser(random), now);
    } else if ((left -= mix.follows()) < 0) {
      follow(now);
    } else if ((left -= mix.unfollows()) < 0) {
      unfollow(now);
    } else if ((left -= mix.removed()) < 0) {
      remove(now);
    } else if ((left -= mix.blocks()) < 0) {
      block(now);
    } else if ((left -= mix.unblocks()) < 0) {
      unblock(now);
    } else {
      view(now);
    }
  }

  /** Selects one of the newest videos for {@link #spikeShare}. */
  public void spike() {
    if (!recent.isEmpty()) {
      spiking = Optional.of(recent.drawNew(random));
    }
  }

  /**
   * Sets the share of all views that the viral video gets.
   *
   * @param share 0 to 1
   */
  public void spikeShare(double share) {
    spikeShare = share;
  }

  /** Publishes a video of the creator and returns it. */
  public Video publish(int creator, long now) {
    int durationMs = (int) ShortVideo.DURATION_MS.at(random.nextDouble());
    String category = of(CATEGORIES, random.nextInt(CATEGORIES.size()));
    Video video =
        Video.newBuilder()
            .setVideoId(nextVideoId(now))
            .setCreatorId(creator)
            .setType(Video.Type.PUBLISHED)
            .setAt(now)
            .setDurationMs(durationMs)
            .setCategory(category)
            .addHashtags(category)
            .setLanguage("en")
            .setRegion(of(REGIONS, creator))
            .build();
    double popularity = ShortVideo.EXPOSURES_PER_VIDEO.at(random.nextDouble());
    recent.add(new RecentVideos.Published(video.getVideoId(), creator, durationMs), popularity);
    sink.send(EventType.VIDEOS, video);
    onPublished.accept(video);
    return video;
  }

  /** Returns a random active user. */
  public int drawActive(RandomGenerator own) {
    return active[own.nextInt(active.length)];
  }

  private void open(int place, int user, long now) {
    active[place] = user;
    open(user, now);
  }

  private void view(long now) {
    if (spiking.isPresent() && random.nextDouble() < spikeShare) {
      // A viral video also attracts inactive users.
      view(population.drawUser(random), spiking.get(), now);
    } else {
      view(active[random.nextInt(active.length)], recent.draw(random), now);
    }
  }

  private void view(int viewer, RecentVideos.Published video, long now) {
    sink.send(
        EventType.VIEWS,
        View.newBuilder()
            .setViewerId(viewer)
            .setVideoId(video.videoId())
            .setCreatorId(video.creatorId())
            .setViewedAt(now)
            .setWatchMs(watchMs(video.durationMs()))
            .setDurationMs(video.durationMs())
            .setEventId(Long.toHexString(random.nextLong()))
            .setRegion(of(REGIONS, viewer))
            .setDevice(of(DEVICES, viewer))
            .setSurface("feed")
            .build());
    double liked = random.nextDouble();
    if (liked < ShortVideo.LIKES) {
      engage(viewer, video, Engagement.Type.LIKE, now);
    } else if (liked < ShortVideo.LIKES + ShortVideo.COMMENTS) {
      engage(viewer, video, Engagement.Type.COMMENT, now);
    }
  }

  private int watchMs(int durationMs) {
    double drawn = random.nextDouble();
    if (drawn < ShortVideo.COMPLETE_PLAYS) {
      return durationMs;
    }
    int shortest = Math.min(3_000, durationMs);
    return drawn < ShortVideo.COMPLETE_PLAYS + ShortVideo.SHORT_PLAYS
        ? random.nextInt(shortest)
        : shortest + random.nextInt(durationMs - shortest + 1);
  }

  private void engage(int viewer, RecentVideos.Published video, Engagement.Type type, long now) {
    sink.send(
        EventType.ENGAGEMENTS,
        Engagement.newBuilder()
            .setViewerId(viewer)
            .setVideoId(video.videoId())
            .setCreatorId(video.creatorId())
            .setType(type)
            .setAt(now)
            .setEventId(Long.toHexString(random.nextLong()))
            .build());
  }

  private void remove(long now) {
    RecentVideos.Published video = recent.take(random);
    sink.send(
        EventType.VIDEOS,
        Video.newBuilder()
            .setVideoId(video.videoId())
            .setCreatorId(video.creatorId())
            .setType(Video.Type.REMOVED)
            .setAt(now)
            .build());
  }

  private void follow(long now) {
    int user = population.drawUser(random);
    int creator = population.drawCreator(random);
    if (user != creator) {
      // If the other user has blocked this one, the follow has no effect.
      population.follow(user, creator);
      send(follow(user, creator, Follow.Type.FOLLOW, laterThanBefore(now)));
    }
  }

  private void unfollow(long now) {
    int user = population.drawUser(random);
    int creator = population.drawFollowed(random, user);
    if (creator != 0) {
      population.unfollow(user, creator);
      send(follow(user, creator, Follow.Type.UNFOLLOW, laterThanBefore(now)));
    }
  }

  private void block(long now) {
    int user = population.drawUser(random);
    int creator = population.drawFollowed(random, user);
    if (creator == 0) {
      return;
    }
    boolean byUser = random.nextBoolean();
    int by = byUser ? user : creator;
    int of = byUser ? creator : user;
    population.unfollow(user, creator);
    population.unfollow(creator, user);
    send(follow(by, of, Follow.Type.BLOCK, laterThanBefore(now)));
    blocks.add(new Block(by, of, user, creator));
  }

  private void unblock(long now) {
    if (blocks.isEmpty()) {
      return;
    }
    Block block = blocks.remove(random.nextInt(blocks.size()));
    send(follow(block.by(), block.of(), Follow.Type.UNBLOCK, laterThanBefore(now)));
    population.follow(block.user(), block.creator());
    send(follow(block.user(), block.creator(), Follow.Type.FOLLOW, laterThanBefore(now)));
  }

  /** Returns strictly increasing times, because changes of a relationship are ordered by time. */
  private long laterThanBefore(long now) {
    lastRelation = Math.max(now, lastRelation + 1);
    return lastRelation;
  }

  private void send(Follow follow) {
    sink.send(EventType.FOLLOWS, follow);
  }

  private static Follow follow(int follower, int followee, Follow.Type type, long now) {
    return Follow.newBuilder()
        .setFollowerId(follower)
        .setFolloweeId(followee)
        .setType(type)
        .setAt(now)
        .build();
  }

  private long nextVideoId(long now) {
    lastIdLow = now == lastIdMillis ? lastIdLow + 1 : 0;
    lastIdMillis = now;
    return VideoIds.at(now, lastIdLow);
  }

  private static String of(List<String> values, int index) {
    return values.get(index % values.size());
  }
}
