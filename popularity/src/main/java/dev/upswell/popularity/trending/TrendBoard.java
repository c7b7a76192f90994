package dev.upswell.popularity.trending;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All videos of some creators, and their lists.
 *
 * <p>Lists depend only on the events per slot: not on their order within a slot, nor on the
 * partitioning of creators, nor on packing and restoring. Only videos with enough viewers are
 * candidates, so a slot costs its events and candidates. Not thread-safe.
 */
public final class TrendBoard {
  private static final double NEARLY = 0.9;

  private final TrendingSettings settings;
  private final Baseline expectation;
  private final ScopeKey names;
  private final Map<Long, Creator> creators = new HashMap<>();
  private final Map<Integer, String> namesOfOrigins = new HashMap<>();

  /** Videos with enough viewers for a list at the last check. */
  private List<BoardVideo> watched = new ArrayList<>();

  /** Videos that are not as they were last packed. */
  private final List<BoardVideo> changed = new ArrayList<>();

  /** Receives the packed form of a changed video, or empty if it was evicted. */
  @FunctionalInterface
  public interface Packing {
    /** Receives one video. */
    void accept(long creatorId, long videoId, Optional<byte[]> packed) throws Exception;
  }

  /** An empty board. */
  public TrendBoard(TrendingSettings settings, ScopeKey names) {
    this.settings = settings;
    this.expectation = new Baseline(settings);
    this.names = names;
  }

  private static final class Creator {
    final TreeMap<Long, BoardVideo> videos = new TreeMap<>();
    int rated = Integer.MIN_VALUE;
    double rate;
  }

  // ---- Metadata and events

  /**
   * Returns a video for {@link #await} and {@link #add}, with its metadata updated. Creates it if
   * it is absent.
   *
   * @param metadata its latest metadata, valid from the next lists on
   */
  public BoardVideo video(long videoId, VideoMetadata metadata) {
    Creator creator = creators.computeIfAbsent(metadata.creatorId(), unknown -> new Creator());
    BoardVideo video = creator.videos.get(videoId);
    if (video == null) {
      video = new BoardVideo(videoId, metadata);
      creator.videos.put(videoId, video);
    } else {
      update(video, metadata);
    }
    return video;
  }

  /** Returns a video that is on the board. */
  public Optional<BoardVideo> find(long creatorId, long videoId) {
    Creator creator = creators.get(creatorId);
    return creator == null ? Optional.empty() : Optional.ofNullable(creator.videos.get(videoId));
  }

  /** Updates the metadata of a video on the board, valid from the next lists on. */
  public void learn(long videoId, VideoMetadata metadata) {
    find(metadata.creatorId(), videoId).ifPresent(video -> update(video, metadata));
  }

  private void update(BoardVideo video, VideoMetadata metadata) {
    if (!video.metadata.equals(metadata)) {
      video.metadata = metadata;
      change(video);
    }
  }

  /** Removes a video and its sums, because it belongs to another creator. */
  public void remove(long creatorId, long videoId) {
    Creator creator = creators.get(creatorId);
    BoardVideo video = creator == null ? null : creator.videos.remove(videoId);
    if (video != null) {
      video.isGone = true;
      change(video);
    }
  }

  private void change(BoardVideo video) {
    if (!video.isChanged) {
      video.isChanged = true;
      changed.add(video);
    }
  }

  /** Announces an {@link #add} of a later slot. The video is not evicted before it. */
  public void await(BoardVideo video) {
    if (video.waiting++ == 0 && video.trend == null) {
      // Its metadata must be restored with the count that waits.
      change(video);
    }
  }

  /** Adds a count that was announced. */
  public void addAwaited(BoardVideo video, TrendCount count, int slot) {
    video.waiting--;
    add(video, count, slot);
  }

  /**
   * Adds a count. Has no effect on a video that was removed from the board.
   *
   * @param slot slot in which it counts; not before that of an earlier call for this video
   */
  public void add(BoardVideo video, TrendCount count, int slot) {
    if (video.isGone) {
      return;
    }
    video.add(expectation, count, slot);
    change(video);
    watch(video, slot);
  }

  private void watch(BoardVideo video, int slot) {
    if (!video.isWatched && mayBeListed(video, slot)) {
      video.isWatched = true;
      watched.add(video);
    }
  }

  /**
   * No scope has more viewers than the world, apart from rounding, which is larger for larger sums.
   */
  private boolean mayBeListed(BoardVideo video, int slot) {
    return video.viewers(slot) >= NEARLY * settings.spam().minViewers();
  }

  // ---- Lists

  /** Returns whether no list can change without further events. */
  public boolean isQuiet() {
    return watched.isEmpty();
  }

  /**
   * The lists at the end of a slot, of every scope that has any; segments only of the part of the
   * day that the slot lies in.
   *
   * @param slot not before any in which something was added
   */
  public Collection<ScopeLists> lists(int slot) {
    Map<String, ScopeCandidates> scopes = new HashMap<>();
    List<BoardVideo> still = new ArrayList<>(watched.size());
    for (BoardVideo video : watched) {
      VideoTrend trend = video.trend;
      if (trend != null && !video.isGone && mayBeListed(video, slot)) {
        still.add(video);
        if (!video.metadata.hidden()) {
          offer(video, trend, slot, scopes);
        }
      } else {
        video.isWatched = false;
      }
    }
    watched = still;
    List<ScopeLists> lists = new ArrayList<>(scopes.size());
    scopes.forEach((name, scope) -> lists.add(scope.lists(name, slot, settings)));
    return lists;
  }

  private void offer(
      BoardVideo video, VideoTrend trend, int slot, Map<String, ScopeCandidates> scopes) {
    String category = video.metadata.category();
    DayPart part = DayPart.of(slot);
    for (int place = 0; place < trend.places(); place++) {
      int origin = trend.origin(place);
      double viewers = trend.viewers(place, slot);
      double views = trend.views(place, slot);
      if (!settings.spam().allow(viewers, views)
          || (ScopeKey.isSegment(origin) && ScopeKey.partOf(origin) != part)) {
        continue;
      }
      double engagement = trend.engagement(place, slot, settings);
      if (engagement <= 0) {
        continue;
      }
      double expected = trend.expected(place, slot, usual(video, slot), settings);
      double variance = trend.variance(place, slot, settings);
      double rise = rounded(settings.score().of(engagement, expected, variance, settings.floor()));
      Candidate top =
          new Candidate(
              video.videoId,
              video.metadata.creatorId(),
              category,
              rounded(engagement),
              engagement,
              expected,
              variance,
              views,
              viewers,
              trend.touched(place));
      String name = name(origin);
      scopes.computeIfAbsent(name, unknown -> new ScopeCandidates(false)).add(top, rise, settings);
      if (ScopeKey.isRegion(origin) && !category.isEmpty()) {
        String within = name + "/category:" + category;
        scopes
            .computeIfAbsent(within, unknown -> new ScopeCandidates(true))
            .add(top, rise, settings);
      }
    }
  }

  /** Rounds to a millionth, so that values that differ in their last bits are ties. */
  private static double rounded(double score) {
    return Math.rint(score * Decay.ONE) / Decay.ONE;
  }

  private String name(int origin) {
    return namesOfOrigins.computeIfAbsent(origin, names::name);
  }

  /** Returns the engagement per slot of the creator's other videos. */
  private double usual(BoardVideo video, int slot) {
    Creator creator = creators.get(video.metadata.creatorId());
    if (creator == null || creator.videos.size() == 1) {
      return 0;
    }
    if (creator.rated != slot) {
      creator.rated = slot;
      creator.rate = 0;
      for (BoardVideo each : creator.videos.values()) {
        creator.rate += each.rate(slot, settings);
      }
    }
    return Math.max(0, creator.rate - video.rate(slot, settings));
  }

  // ---- Eviction

  /** Evicts videos without views for a long time. Lists stay as they are. */
  public void evict(int slot) {
    for (Creator creator : creators.values()) {
      creator.videos.values().removeIf(video -> isEvicted(video, slot));
    }
    creators.values().removeIf(creator -> creator.videos.isEmpty());
  }

  private boolean isEvicted(BoardVideo video, int slot) {
    video.isGone = video.isExpired(slot);
    if (video.isGone) {
      change(video);
    } else if (video.trend != null) {
      video.trend.compact(slot);
    }
    return video.isGone;
  }

  /** Packs all videos that changed since the last time. */
  public void packChanged(Packing into) throws Exception {
    for (BoardVideo video : changed) {
      video.isChanged = false;
      // A video that returned after its eviction has a new entry and is ordered after this one.
      into.accept(
          video.metadata.creatorId(),
          video.videoId,
          video.isGone ? Optional.empty() : Optional.of(video.toBytes()));
    }
    changed.clear();
  }

  /**
   * Restores a packed video.
   *
   * @param slot closed slot at the time of packing, or an earlier one
   */
  public void restore(long creatorId, long videoId, byte[] packed, int slot) {
    BoardVideo video = BoardVideo.fromBytes(creatorId, videoId, expectation, packed);
    creators.computeIfAbsent(creatorId, unknown -> new Creator()).videos.put(videoId, video);
    watch(video, slot);
  }

  /** Returns the number of videos in memory. */
  public int size() {
    return creators.values().stream().mapToInt(creator -> creator.videos.size()).sum();
  }
}
