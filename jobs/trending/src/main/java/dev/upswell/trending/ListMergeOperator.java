package dev.upswell.trending;

import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.Hash64;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.popularity.trending.Candidate;
import dev.upswell.popularity.trending.DayPart;
import dev.upswell.popularity.trending.DiversityRules;
import dev.upswell.popularity.trending.ScopeLists;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendingSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Merges the lists of all subtasks for a scope and slot, and emits the merged list if it changed.
 *
 * <p>Every subtask emits its whole list at the end of each slot. When the watermark passes a slot,
 * all parts of it have arrived, so none of them is in state. After a failure, subtasks emit again
 * what had not been merged before the checkpoint. The state of a scope is its last slot and a hash
 * of its last list.
 */
final class ListMergeOperator extends AbstractStreamOperator<TrendingList>
    implements OneInputStreamOperator<ScopeLists, TrendingList> {
  private static final long serialVersionUID = 1L;

  /** State of a scope: the last slot with a list, and the hash of the last emitted list. */
  private static final ValueStateDescriptor<long[]> LAST_EMITTED =
      new ValueStateDescriptor<>(
          "last-emitted", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final String OF_A_PART = "/daypart:";

  private final TrendingSettings settings;

  private transient ValueState<long[]> state;
  private transient TreeMap<Integer, Map<String, List<ScopeLists>>> parts;
  private transient Map<String, Said> emitted;

  /** Scopes that are in the state. */
  private transient Set<String> stored;

  private record Said(int slot, long hash) {}

  ListMergeOperator(TrendingSettings settings) {
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    parts = new TreeMap<>();
    emitted = new HashMap<>();
    stored = new HashSet<>();
    state = context.getKeyedStateStore().getState(LAST_EMITTED);
    if (context.isRestored()) {
      getKeyedStateBackend()
          .applyToAllKeys(
              VoidNamespace.INSTANCE,
              VoidNamespaceSerializer.INSTANCE,
              LAST_EMITTED,
              (key, value) -> {
                long[] packed = value.value();
                emitted.put((String) key, new Said((int) packed[0], packed[1]));
                stored.add((String) key);
              });
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (String scope : stored) {
      if (!emitted.containsKey(scope)) {
        setCurrentKey(scope);
        state.clear();
      }
    }
    stored.clear();
    for (Map.Entry<String, Said> entry : emitted.entrySet()) {
      setCurrentKey(entry.getKey());
      state.update(new long[] {entry.getValue().slot(), entry.getValue().hash()});
      stored.add(entry.getKey());
    }
  }

  @Override
  public void processElement(StreamRecord<ScopeLists> element) {
    ScopeLists part = element.getValue();
    parts
        .computeIfAbsent(part.slot(), unknown -> new HashMap<>())
        .computeIfAbsent(part.scope(), unknown -> new ArrayList<>())
        .add(part);
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    int last = Slots.closedBy(watermark.getTimestamp());
    while (!parts.isEmpty() && parts.firstKey() <= last) {
      int slot = parts.firstKey();
      endBefore(slot);
      parts.pollFirstEntry().getValue().forEach(this::merge);
    }
    endBefore(last == Integer.MAX_VALUE ? last : last + 1);
    super.processWatermark(watermark);
  }

  private void merge(String scope, List<ScopeLists> ofSubtasks) {
    ScopeLists lists = ScopeLists.merge(ofSubtasks, settings);
    Said before = emitted.get(scope);
    if (before != null && lists.slot() <= before.slot()) {
      // Repeated after a failure.
      return;
    }
    long hash = hash(lists.top(), hash(lists.rising(), 1));
    emitted.put(scope, new Said(lists.slot(), hash));
    if (before == null || before.hash() != hash) {
      emit(lists);
    }
  }

  /** Returns a hash of order and figures. Scores are excluded, because decay alone is no change. */
  private static long hash(List<Candidate> list, long seed) {
    long hash = seed;
    for (Candidate candidate : list) {
      hash = Hash64.append(hash, candidate.videoId()) + candidate.touched();
    }
    return hash * 31 + list.size();
  }

  /** Scopes that had a list in a slot before the last, and then no more. */
  private void endBefore(int slot) {
    emitted
        .entrySet()
        .removeIf(
            entry -> {
              int then = entry.getValue().slot();
              boolean isOver = then + 1L < slot;
              if (isOver && !isOfAnEndedPart(entry.getKey(), then + 1)) {
                emit(new ScopeLists(entry.getKey(), then + 1, false, List.of(), List.of()));
              }
              return isOver;
            });
  }

  /**
   * Returns whether the part of the day has ended. Its list stays until the same part of the next
   * day.
   */
  private static boolean isOfAnEndedPart(String scope, int slot) {
    int part = scope.indexOf(OF_A_PART);
    return part >= 0 && !scope.substring(part + OF_A_PART.length()).equals(DayPart.of(slot).text());
  }

  private void emit(ScopeLists lists) {
    long at = Slots.end(lists.slot()) + 1;
    TrendingList.Builder list =
        TrendingList.newBuilder().setScope(lists.scope()).setAt(Timestamps.fromMillis(at));
    DiversityRules.withoutDuplicates(lists.rising()).forEach(each -> list.addEntries(entry(each)));
    DiversityRules.withoutDuplicates(lists.top()).forEach(each -> list.addTop(entry(each)));
    output.collect(new StreamRecord<>(list.build(), at));
  }

  private TrendingList.Entry entry(Candidate candidate) {
    double spread =
        Math.max(Math.max(candidate.baseline(), candidate.variance()), settings.floor());
    return TrendingList.Entry.newBuilder()
        .setVideoId(candidate.videoId())
        .setCreatorId(candidate.creatorId())
        .setScore(candidate.score())
        .setViews((int) Math.round(candidate.views()))
        .setViewers((int) Math.round(candidate.viewers()))
        .setEngagement(candidate.engagement())
        .setBaseline(candidate.baseline())
        .setDeviation(Math.sqrt(spread))
        .build();
  }
}
