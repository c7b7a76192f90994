package dev.upswell.popularity.trending;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All videos of some creators, and the lists that they make.
 *
 * <p>Lists depend on what happened in which slot, and on nothing else: not on the order within a
 * slot, nor on how creators are spread over boards, nor on whether a board was packed and read in
 * between. Only videos with enough viewers are looked at, so a slot costs what was added and what
 * may be in a list. Not safe for use by several threads.
 */
public final class TrendBoard {
  private static final double NEARLY = 0.9;

  private final TrendingSettings settings;
  private final Baseline expectation;
  private final ScopeKey names;
  private final FactsOf facts;
  private final Map<Long, Creator> creators = new HashMap<>();
  private final Map<Integer, String> namesOfOrigins = new HashMap<>();

  /** Videos that had enough viewers for a list when they were last looked at. */
  private List<Entry> watched = new ArrayList<>();

  /** Videos that are not as they were last packed. */
  private final List<Entry> changed = new ArrayList<>();

  /** Looks up what was said of a video that was not seen for a while. */
  @FunctionalInterface
  public interface FactsOf {
    /** Nobody says anything. */
    FactsOf NONE = (creatorId, videoId) -> VideoMetadata.UNKNOWN;

    /** What was said. */
    VideoMetadata of(long creatorId, long videoId);
  }

  /** Takes a video that changed: packed, or empty if it is forgotten. */
  @FunctionalInterface
  public interface Packing {
    /** Takes one. */
    void accept(long creatorId, long videoId, Optional<byte[]> packed) throws Exception;
  }

  /** An empty board. */
  public TrendBoard(TrendingSettings settings, ScopeKey names, FactsOf facts) {
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

  // ---- What happens

  /**
   * Adds what happened.
   *
   * @param slot in which it is to count; not before any that was added before
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
   * No part of the world has more viewers than the world; but for what is lost in rounding, which
   * is more where more happens.
   */
  private boolean mayBeListed(Entry entry, int slot) {
    return entry.trend.viewers(0, slot) >= NEARLY * settings.spam().leastViewers();
  }

  /** Takes what was said of a video; it holds from the next lists on. */
  public void learn(long creatorId, long videoId, VideoMetadata said) {
    Creator creator = creators.get(creatorId);
    Entry entry = creator == null ? null : creator.videos.get(videoId);
    if (entry != null) {
      entry.facts = said;
    }
  }

  // ---- Lists

  /** Whether nothing can be in a list until more happens. */
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

  /** To a millionth: what is equal but for the last bits of its computation is equal. */
  private static double rounded(double score) {
    return Math.rint(score * Decay.ONE) / Decay.ONE;
  }

  private void offer(Scope scope, Candidate top, double rise) {
    scope.top.add(top);
    if (rise >= settings.leastRise()) {
      scope.rising.add(top.scored(rise));
    }
  }

  private String name(int origin) {
    return namesOfOrigins.computeIfAbsent(origin, names::name);
  }

  /** What the creator's other videos together are used to, a slot. */
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
    return entry.trend.isForgotten(slot) ? 0 : entry.trend.rate(slot, settings);
  }

  // ---- What is kept

  /** Forgets videos that nobody has watched for long. Says nothing else: lists stay as they are. */
  public void forget(int slot) {
    for (Creator creator : creators.values()) {
      creator
          .videos
          .values()
          .removeIf(
              entry -> {
                entry.isGone = entry.trend.isForgotten(slot);
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
      // One that came again after it was forgotten is another entry, and stands behind this one.
      into.accept(
          entry.creatorId,
          entry.videoId,
          entry.isGone ? Optional.empty() : Optional.of(entry.trend.toBytes()));
    }
    changed.clear();
  }

  /**
   * Takes a video as it was packed.
   *
   * @param slot the last that was over when it was packed, or an earlier one
   */
  public void restore(long creatorId, long videoId, byte[] packed, int slot) {
    Entry entry =
        new Entry(
            creatorId, videoId, VideoTrend.of(expectation, packed), facts.of(creatorId, videoId));
    creators.computeIfAbsent(creatorId, unknown -> new Creator()).videos.put(videoId, entry);
    watch(entry, slot);
  }

  /** Videos that are known. */
  public int size() {
    return creators.values().stream().mapToInt(creator -> creator.videos.size()).sum();
  }
}
