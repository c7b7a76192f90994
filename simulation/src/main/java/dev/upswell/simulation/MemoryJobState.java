package dev.upswell.simulation;

import dev.upswell.contract.VideoState;
import dev.upswell.feeds.audience.FanOutProgress;
import dev.upswell.feeds.viewer.EdgeAcknowledgementState;
import dev.upswell.simulation.memory.MemoryAudience;
import dev.upswell.simulation.memory.MemoryCreator;
import dev.upswell.simulation.memory.MemoryOutbox;
import dev.upswell.simulation.memory.MemoryViewer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** State of all operators of the job, and its position in the log. */
final class MemoryJobState {
  final Map<Long, VideoState> videos = new HashMap<>();
  final Map<Long, MemoryOutbox> outboxes = new HashMap<>();
  final Map<Long, MemoryViewer> viewers = new HashMap<>();
  final Map<Long, EdgeAcknowledgements> edgeAcknowledgements = new HashMap<>();
  final Map<Long, MemoryCreator> creators = new HashMap<>();
  final Map<AudienceId, Audience> audiences = new HashMap<>();
  final Map<Release, Integer> drops = new HashMap<>();
  final Set<Release> releases = new HashSet<>();
  long lastEpoch;
  int read; // How much of the log.
  long now;

  MemoryJobState copy() {
    MemoryJobState copy = new MemoryJobState();
    copy.videos.putAll(videos);
    copyAll(outboxes, copy.outboxes, MemoryOutbox::copy);
    copyAll(viewers, copy.viewers, MemoryViewer::copy);
    copyAll(edgeAcknowledgements, copy.edgeAcknowledgements, EdgeAcknowledgements::new);
    copyAll(creators, copy.creators, MemoryCreator::copy);
    copyAll(audiences, copy.audiences, Audience::copy);
    copy.drops.putAll(drops);
    copy.releases.addAll(releases);
    copy.lastEpoch = lastEpoch;
    copy.read = read;
    copy.now = now;
    return copy;
  }

  /** One audience of a creator. */
  record AudienceId(long creator, int part) {}

  /** End of the pulled state of a creator. */
  record Release(long creator, long since) {}

  private static <K, V> void copyAll(Map<K, V> from, Map<K, V> to, Function<V, V> copy) {
    from.forEach((key, value) -> to.put(key, copy.apply(value)));
  }

  VideoState video(long id) {
    return videos.getOrDefault(id, VideoState.UNKNOWN);
  }

  MemoryOutbox outbox(long creator) {
    return outboxes.computeIfAbsent(creator, id -> new MemoryOutbox());
  }

  MemoryViewer viewer(long user) {
    return viewers.computeIfAbsent(user, id -> new MemoryViewer());
  }

  EdgeAcknowledgements edgeAcknowledgements(long user) {
    return edgeAcknowledgements.computeIfAbsent(user, id -> new EdgeAcknowledgements());
  }

  MemoryCreator creator(long creator) {
    return creators.computeIfAbsent(creator, id -> new MemoryCreator());
  }

  Audience audience(AudienceId audience) {
    return audiences.computeIfAbsent(audience, id -> new Audience());
  }

  /** Members, and the fan-outs that are not over. */
  record Audience(MemoryAudience members, Deque<FanOutProgress> fanOuts) {
    Audience() {
      this(new MemoryAudience(), new ArrayDeque<>());
    }

    private Audience copy() {
      return new Audience(members.copy(), new ArrayDeque<>(fanOuts));
    }
  }

  static final class EdgeAcknowledgements implements EdgeAcknowledgementState {
    private long announced;
    private final Map<Long, Integer> outstanding = new HashMap<>();

    EdgeAcknowledgements() {}

    private EdgeAcknowledgements(EdgeAcknowledgements other) {
      announced = other.announced;
      outstanding.putAll(other.outstanding);
    }

    @Override
    public long announced() {
      return announced;
    }

    @Override
    public void announced(long epoch) {
      announced = epoch;
    }

    @Override
    public int outstanding(long epoch) {
      return outstanding.getOrDefault(epoch, 0);
    }

    @Override
    public void outstanding(long epoch, int edges) {
      if (edges == 0) {
        outstanding.remove(epoch);
      } else {
        outstanding.put(epoch, edges);
      }
    }

    @Override
    public boolean anyOutstanding() {
      return !outstanding.isEmpty();
    }
  }
}
