package dev.upswell.feeds.video;

import java.util.Arrays;

/**
 * Decides which videos are in the outbox of a creator: the newest ones that followers may see.
 *
 * <p>Hidden and removed videos take no place. When one leaves a full outbox, the next older video
 * enters it. So an outbox that is not full has all videos of its creator. The state has the ids of
 * the outbox and as many older ones in order; ids below these are only counted, and read again when
 * the others are used up.
 *
 * <p>Immutable and thread-safe.
 */
public final class Outbox {
  private static final long[] NO_IDS = new long[0];

  private final int entries;

  /**
   * Creates the rules for outboxes.
   *
   * @param entries maximum videos of an outbox; positive
   */
  public Outbox(int entries) {
    this.entries = entries;
  }

  /**
   * Adds a video.
   *
   * @param isNew whether it was not among the videos of the creator before
   */
  public OutboxChange add(OutboxState state, long id, boolean isNew) {
    long[] newest = state.newest();
    int place = Arrays.binarySearch(newest, id);
    if (place < 0 && state.older() > 0 && newest.length > 0 && id < newest[0]) {
      state.older(state.older() + (isNew ? 1 : 0));
      return OutboxChange.NONE;
    }
    if (place < 0) {
      newest = inserted(state, newest, -place - 1, id);
    }
    // Written again if it is there already: after a failure the store may lack it.
    return isAmongEntries(newest, id) ? OutboxChange.adding(id) : OutboxChange.NONE;
  }

  private long[] inserted(OutboxState state, long[] newest, int at, long id) {
    long[] more = new long[newest.length + 1];
    System.arraycopy(newest, 0, more, 0, at);
    more[at] = id;
    System.arraycopy(newest, at, more, at + 1, newest.length - at);
    if (more.length > 2 * entries) {
      more = Arrays.copyOfRange(more, 1, more.length);
      state.older(state.older() + 1);
    }
    state.newest(more);
    return more;
  }

  private boolean isAmongEntries(long[] newest, long id) {
    return newest.length > 0 && id >= newest[Math.max(0, newest.length - entries)];
  }

  /**
   * Removes a video, after it is no longer among the videos of the creator.
   *
   * <p>All other videos of the outbox are written again. After a failure the store may be ahead of
   * the state: it may have evicted one of them for a video that the state does not have yet.
   *
   * @param wasThere whether it was among them before
   */
  public OutboxChange remove(OutboxState state, long id, boolean wasThere) {
    OutboxChange removal = OutboxChange.removing(id);
    long[] newest = state.newest();
    int place = Arrays.binarySearch(newest, id);
    if (place < 0) {
      if (wasThere) {
        state.older(Math.max(0, state.older() - 1));
      }
      return removal.adding(entries(state));
    }
    long[] fewer = new long[newest.length - 1];
    System.arraycopy(newest, 0, fewer, 0, place);
    System.arraycopy(newest, place + 1, fewer, place, fewer.length - place);
    if (fewer.length < entries && state.older() > 0) {
      fewer = refilled(state, fewer, newest[0]);
    }
    state.newest(fewer);
    return removal.adding(entries(state));
  }

  private long[] refilled(OutboxState state, long[] ids, long below) {
    long[] older = state.greatestBelow(ids.length == 0 ? below : ids[0], entries + 1);
    long[] all = Arrays.copyOf(older, older.length + ids.length);
    System.arraycopy(ids, 0, all, older.length, ids.length);
    state.older(older.length <= entries ? 0 : Math.max(0, state.older() - older.length));
    return all;
  }

  /** Returns the ids of the outbox, ascending. */
  public long[] entries(OutboxState state) {
    long[] newest = state.newest();
    return newest.length == 0
        ? NO_IDS
        : Arrays.copyOfRange(newest, Math.max(0, newest.length - entries), newest.length);
  }
}
