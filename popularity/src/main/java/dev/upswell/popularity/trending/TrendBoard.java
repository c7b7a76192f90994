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
  private final MetadataLookup facts;
  private final Map<Long, Creator> creators = new HashMap<>();
  private final Map<Integer, String> namesOfOrigins = new HashMap<>();

  /** Videos with enough viewers for a list at the last check. */
  private List<Entry> watched = new ArrayList<>();

  /** Videos that are not as they were last packed. */
  private final List<Entry> changed = new ArrayList<>();

  /** Looks up the metadata of a video that is not in memory. */
  @FunctionalInterface
  public interface MetadataLookup {
    /** No metadata for any video. */
    MetadataLookup NONE = (creatorId, videoId) -> VideoMetadata.UNKNOWN;

    /** Returns the metadata. */
    VideoMetadata of(long creatorId, long videoId);
  }

  /** Receives the packed form of a changed video, or empty if it was evicted. */
  @FunctionalInterface
  public interface Packing {
    /** Receives one video. */
    void accept(long creatorId, long videoId, Optional<byte[]> packed) throws Exception;
  }

  /** An empty board. */
  public TrendBoard(TrendingSettings settings, ScopeKey names, MetadataLookup facts) {
    this.settings = settings;
    this.expectation = new Baseline(settings);
    this.names = names;
    this.facts = facts;
  }

  private static final class Creator {
    final TreeMap<Long, Entry> videos = new TreeMap<>();
    int rated = Integer.MIN_VALUE;
    double rate;
  }

  private static final class Entry {
    final long creatorId;
    final long videoId;
    VideoTrend trend;
    VideoMetadata facts;
    boolean isWatched;
    boolean isChanged;
    boolean isGone;

    Entry(long creatorId, long videoId, VideoTrend trend, VideoMetadata facts) {
      this.creatorId = creatorId;
      this.videoId = videoId;
      this.trend = trend;
      this.facts = facts;
    }
  }

  // ---- Events

  /**
   * Adds a count.
   *
   * @param slot slot in which it counts; not before that of an earlier call
   */
  public void add(TrendCount count, int slot) {
    Entry entry = entry(count.creatorId(), count.videoId(), slot);
    entry.trend.add(count, slot);
    if (!entry.isChanged) {
      entry.isChanged = true;
      changed.add(entry);
    }
    watch(entry, slot);
  }

  private Entry entry(long creatorId, long videoId, int slot) {
    Creator creator = creators.computeIfAbsent(creatorId, unknown -> new Creator());
    Entry entry = creator.videos.get(videoId);
    if (entry == null) {
      entry =
          new Entry(
              creatorId, videoId, new VideoTrend(expectation, slot), facts.of(creatorId, videoId));
      creator.videos.put(videoId, entry);
    }
    return entry;
  }

  private void watch(Entry entry, int slot) {
    if (!entry.isWatched && mayBeListed(entry, slot)) {
      entry.isWatched = true;
      watched.add(entry);
    }
  }

  /**
   * No scope has more viewers than the world, apart from rounding, which is larger for larger sums.
   */
  private boolean mayBeListed(Entry entry, int slot) {
    return entry.trend.viewers(0, slot) >= NEARLY * settings.spam().minViewers();
  }

  /** Updates the metadata of a video, valid from the next lists on. */
  public void learn(long creatorId, long videoId, VideoMetadata metadata) {
    Creator creator = creators.get(creatorId);
    Entry entry = creator == null ? null : creator.videos.get(videoId);
    if (entry != null) {
      entry.facts = metadata;
    }
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
    Map<String, Scope> scopes = new HashMap<>();
    List<Entry> still = new ArrayList<>(watched.size());
    for (Entry entry : watched) {
      if (!entry.isGone && mayBeListed(entry, slot)) {
        still.add(entry);
        if (!entry.facts.hidden()) {
          offer(entry, slot, scopes);
        }
      } else {
        entry.isWatched = false;
      }
    }
    watched = still;
    List<ScopeLists> lists = new ArrayList<>(scopes.size());
    scopes.forEach((name, scope) -> lists.add(scope.lists(name, slot, settings)));
    return lists;
  }

  private static final class Scope {
    final boolean ofOneCategory;
    final List<Candidate> rising = new ArrayList<>();
    final List<Candidate> top = new ArrayList<>();

    Scope(boolean ofOneCategory) {
      this.ofOneCategory = ofOneCategory;
    }

    ScopeLists lists(String name, int slot, TrendingSettings settings) {
      DiversityRules rules = settings.rulesOf(ofOneCategory);
      return new ScopeLists(name, slot, ofOneCategory, rules.select(rising), rules.select(top));
    }
  }

  private void offer(Entry entry, int slot, Map<String, Scope> scopes) {
    VideoTrend trend = entry.trend;
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
      double expected = trend.expected(place, slot, usual(entry, slot), settings);
      double variance = trend.variance(place, slot, settings);
      double rise = rounded(settings.score().of(engagement, expected, variance, settings.floor()));
      Candidate top =
          new Candidate(
              entry.videoId,
              entry.creatorId,
              entry.facts.category(),
              rounded(engagement),
              engagement,
              expected,
              variance,
              views,
              viewers,
              trend.touched(place));
      String name = name(origin);
      offer(scopes.computeIfAbsent(name, unknown -> new Scope(false)), top, rise);
      if (ScopeKey.isRegion(origin) && !entry.facts.category().isEmpty()) {
        String within = name + "/category:" + entry.facts.category();
        offer(scopes.computeIfAbsent(within, unknown -> new Scope(true)), top, rise);
      }
    }
  }

  /** Rounds to a millionth, so that values that differ in their last bits are ties. */
  private static double rounded(double score) {
    return Math.rint(score * Decay.ONE) / Decay.ONE;
  }

  private void offer(Scope scope, Candidate top, double rise) {
    scope.top.add(top);
    if (rise >= settings.minScore()) {
      scope.rising.add(top.scored(rise));
    }
  }

  private String name(int origin) {
    return namesOfOrigins.computeIfAbsent(origin, names::name);
  }

  /** Returns the engagement per slot of the creator's other videos. */
  private double usual(Entry entry, int slot) {
    Creator creator = creators.get(entry.creatorId);
    if (creator == null || creator.videos.size() == 1) {
      return 0;
    }
    if (creator.rated != slot) {
      creator.rated = slot;
      creator.rate = 0;
      for (Entry each : creator.videos.values()) {
        creator.rate += rate(each, slot);
      }
    }
    return Math.max(0, creator.rate - rate(entry, slot));
  }

  private double rate(Entry entry, int slot) {
    return entry.trend.isExpired(slot) ? 0 : entry.trend.rate(slot, settings);
  }

  // ---- Eviction

  /** Evicts videos without views for a long time. Lists stay as they are. */
  public void evict(int slot) {
    for (Creator creator : creators.values()) {
      creator
          .videos
          .values()
          .removeIf(
              entry -> {
                entry.isGone = entry.trend.isExpired(slot);
                if (!entry.isGone) {
                  entry.trend.compact(slot);
                } else if (!entry.isChanged) {
                  changed.add(entry);
                }
                return entry.isGone;
              });
    }
    creators.values().removeIf(creator -> creator.videos.isEmpty());
  }

  /** Packs all videos that changed since the last time. */
  public void packChanged(Packing into) throws Exception {
    for (Entry entry : changed) {
      entry.isChanged = false;
      // A video that returned after its eviction has a new entry and is ordered after this one.
      into.accept(
          entry.creatorId,
          entry.videoId,
          entry.isGone ? Optional.empty() : Optional.of(entry.trend.toBytes()));
    }
    changed.clear();
  }

  /**
   * Restores a packed video.
   *
   * @param slot closed slot at the time of packing, or an earlier one
   */
  public void restore(long creatorId, long videoId, byte[] packed, int slot) {
    Entry entry =
        new Entry(
            creatorId, videoId, VideoTrend.of(expectation, packed), facts.of(creatorId, videoId));
    creators.computeIfAbsent(creatorId, unknown -> new Creator()).videos.put(videoId, entry);
    watch(entry, slot);
  }

  /** Returns the number of videos in memory. */
  public int size() {
    return creators.values().stream().mapToInt(creator -> creator.videos.size()).sum();
  }
}
