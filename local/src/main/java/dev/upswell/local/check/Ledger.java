package dev.upswell.local.check;

import com.google.protobuf.Message;
import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.local.events.EventSink;
import dev.upswell.local.feed.FeedPage;
import dev.upswell.simulation.memory.FeedModel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Passes events on, repeats some of them at once or late like a retrying client, and stores the
 * expected feeds. One thread sends. Results are read after it is done.
 */
public final class Ledger implements EventSink {
  private static final int REPEAT_EVERY = 50;

  /**
   * Number of relationship events between an event and its late repetition, which others may
   * contradict by then.
   */
  private static final int LATE_BY = 200;

  private final EventSink next;
  private final FeedModel model = new FeedModel(FeedOptions.DEFAULT.outboxEntries());
  private final Map<Long, Video> published = new HashMap<>();
  private final Set<Long> removed = new HashSet<>();
  private final Set<Pair> parted = new HashSet<>();
  private final Deque<Follow> late = new ArrayDeque<>();
  private long sent;
  private long duplicateViews;

  /** A viewer and a creator. */
  record Pair(long viewer, long creator) {}

  /** Passes events on to the next. */
  public Ledger(EventSink next) {
    this.next = next;
  }

  @Override
  public <T extends Message> void send(EventType<T> type, T event) {
    if (event instanceof Video video) {
      take(video);
    } else if (event instanceof Follow follow) {
      take(follow);
    }
    next.send(type, event);
    if (sent++ % REPEAT_EVERY == 0) {
      next.send(type, event);
      duplicateViews += event instanceof View ? 1 : 0;
    }
    if (late.size() > LATE_BY) {
      Follow first = late.remove();
      if (sent % REPEAT_EVERY == 1) {
        next.send(EventType.FOLLOWS, first);
      }
    }
  }

  /**
   * Returns the expected feed of a user: every video of the followees, newest first, down to the
   * end of full outboxes.
   */
  List<FeedPage.Entry> feed(long userId) {
    return model.feed(userId).stream()
        .map(published::get)
        .map(video -> new FeedPage.Entry(video.getVideoId(), video.getCreatorId(), video.getAt()))
        .toList();
  }

  /** Returns the removed videos. */
  Set<Long> removed() {
    return removed;
  }

  /** Returns pairs of user and creator after an unfollow or block. */
  Set<Pair> parted() {
    Set<Pair> still = new HashSet<>(parted);
    still.removeIf(pair -> model.followees(pair.viewer()).contains(pair.creator()));
    return still;
  }

  /** Views that were sent twice. */
  public long duplicateViews() {
    return duplicateViews;
  }

  private void take(Video video) {
    model.on(video);
    if (video.getType() == Video.Type.REMOVED) {
      removed.add(video.getVideoId());
    } else {
      published.putIfAbsent(video.getVideoId(), video);
    }
  }

  private void take(Follow follow) {
    model.on(follow);
    late.add(follow);
    switch (follow.getType()) {
      case UNFOLLOW -> parted.add(new Pair(follow.getFollowerId(), follow.getFolloweeId()));
      case BLOCK -> {
        parted.add(new Pair(follow.getFollowerId(), follow.getFolloweeId()));
        parted.add(new Pair(follow.getFolloweeId(), follow.getFollowerId()));
      }
      case FOLLOW, UNBLOCK, TYPE_UNSPECIFIED, UNRECOGNIZED -> {}
    }
  }
}
