package dev.upswell.trending;

import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.Hash64;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.popularity.trending.Candidate;
import dev.upswell.popularity.trending.DiversityRules;
import dev.upswell.popularity.trending.ScopeLists;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Merges the lists of all subtasks for a scope and slot, and emits the merged list if it changed.
 *
 * <p>Every subtask emits its whole list at the end of each slot. When the watermark passes a slot,
 * all parts of it have arrived, so none of them is in state. After a failure, subtasks emit again
 * what had not been merged before the checkpoint. The state of a scope is its last slot and a hash
 * of its last list. Hidden videos, the second input, are broadcast: they leave the lists of ended
 * parts of the day, which no slot replaces.
 */
final class ListMergeOperator extends AbstractStreamOperator<TrendingList>
    implements TwoInputStreamOperator<ScopeLists, HiddenVideo, TrendingList> {
  private static final long serialVersionUID = 1L;

  /** State of a scope: the last slot with a list, and the hash of the last emitted list. */
  private static final ValueStateDescriptor<long[]> LAST_EMITTED =
      new ValueStateDescriptor<>(
          "last-emitted", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  /** State of a scope of a part of the day: its last list. */
  private static final ValueStateDescriptor<TrendingList> DAY_PART_LIST =
      new ValueStateDescriptor<>("day-part-list", TrendingTypes.TRENDING_LIST);

  /** Hidden videos of slots that are not closed: slot and video. */
  private static final ListStateDescriptor<long[]> HIDDEN =
      new ListStateDescriptor<>("hidden", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private final TrendingSettings settings;
  private final Duration ttl;

  private transient ValueState<long[]> state;
  private transient ValueState<TrendingList> listState;
  private transient ListState<long[]> hiddenState;
  private transient TreeMap<Integer, Map<String, List<ScopeLists>>> parts;
  private transient TreeMap<Integer, Set<Long>> hidden;
  private transient Map<String, LastList> emitted;
  private transient DayPartLists dayPartLists;

  /** Scopes that are in the state. */
  private transient Set<String> stored;

  private record LastList(int slot, long hash) {}

  /**
   * Creates the operator.
   *
   * @param ttl lifetime of lists in Redis without an update
   */
  ListMergeOperator(TrendingSettings settings, Duration ttl) {
    this.settings = settings;
    this.ttl = ttl;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    parts = new TreeMap<>();
    hidden = new TreeMap<>();
    emitted = new HashMap<>();
    dayPartLists = new DayPartLists();
    stored = new HashSet<>();
    state = context.getKeyedStateStore().getState(LAST_EMITTED);
    listState = context.getKeyedStateStore().getState(DAY_PART_LIST);
    hiddenState = context.getOperatorStateStore().getUnionListState(HIDDEN);
    if (context.isRestored()) {
      restore();
    }
  }

  private void restore() throws Exception {
    for (long[] each : hiddenState.get()) {
      hide(new HiddenVideo(each[1], (int) each[0]));
    }
    getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            LAST_EMITTED,
            (key, value) -> {
              long[] packed = value.value();
              emitted.put((String) key, new LastList((int) packed[0], packed[1]));
              stored.add((String) key);
            });
    getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            DAY_PART_LIST,
            (key, value) -> dayPartLists.restore(value.value()));
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
    for (Map.Entry<String, LastList> entry : emitted.entrySet()) {
      setCurrentKey(entry.getKey());
      state.update(new long[] {entry.getValue().slot(), entry.getValue().hash()});
      stored.add(entry.getKey());
    }
    dayPartLists.storeChanged(
        (scope, list) -> {
          setCurrentKey(scope);
          if (list.isPresent()) {
            listState.update(list.get());
          } else {
            listState.clear();
          }
        });
    List<long[]> all = new ArrayList<>();
    hidden.forEach((slot, videos) -> videos.forEach(video -> all.add(new long[] {slot, video})));
    hiddenState.update(all);
  }

  @Override
  public void processElement1(StreamRecord<ScopeLists> element) {
    ScopeLists part = element.getValue();
    parts
        .computeIfAbsent(part.slot(), unknown -> new HashMap<>())
        .computeIfAbsent(part.scope(), unknown -> new ArrayList<>())
        .add(part);
  }

  @Override
  public void processElement2(StreamRecord<HiddenVideo> element) {
    hide(element.getValue());
  }

  private void hide(HiddenVideo video) {
    hidden.computeIfAbsent(video.slot(), unknown -> new HashSet<>()).add(video.videoId());
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
    while (!hidden.isEmpty() && hidden.firstKey() <= last) {
      Map.Entry<Integer, Set<Long>> videos = hidden.pollFirstEntry();
      dayPartLists.remove(
          videos.getValue(), emitted::containsKey, end(videos.getKey()), this::emit);
    }
    if (watermark.getTimestamp() != Long.MAX_VALUE) {
      dayPartLists.evict(watermark.getTimestamp(), ttl);
    }
    super.processWatermark(watermark);
  }

  private void merge(String scope, List<ScopeLists> ofSubtasks) {
    ScopeLists lists = ScopeLists.merge(ofSubtasks, settings);
    LastList before = emitted.get(scope);
    if (before != null && lists.slot() <= before.slot()) {
      // Repeated after a failure.
      return;
    }
    long hash = hash(lists.top(), hash(lists.rising(), 1));
    emitted.put(scope, new LastList(lists.slot(), hash));
    if (before == null || before.hash() != hash) {
      emit(list(lists));
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
              if (isOver && !DayPartLists.isOfAnEndedPart(entry.getKey(), then + 1)) {
                emit(list(new ScopeLists(entry.getKey(), then + 1, false, List.of(), List.of())));
              }
              return isOver;
            });
  }

  private void emit(TrendingList list) {
    dayPartLists.emitted(list);
    output.collect(new StreamRecord<>(list, Timestamps.toMillis(list.getAt())));
  }

  /** Returns the time of the lists of a slot, in Unix milliseconds. */
  private static long end(int slot) {
    return Slots.end(slot) + 1;
  }

  private TrendingList list(ScopeLists lists) {
    TrendingList.Builder list =
        TrendingList.newBuilder()
            .setScope(lists.scope())
            .setAt(Timestamps.fromMillis(end(lists.slot())));
    DiversityRules.withoutDuplicates(lists.rising()).forEach(each -> list.addEntries(entry(each)));
    DiversityRules.withoutDuplicates(lists.top()).forEach(each -> list.addTop(entry(each)));
    return list.build();
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
