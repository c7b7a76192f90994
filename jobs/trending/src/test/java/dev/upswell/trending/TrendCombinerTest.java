package dev.upswell.trending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.popularity.trending.TrendCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TrendCombinerTest {
  @Property(tries = 200)
  void sumsEqualThoseOfAMapAlsoAfterPacking(
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 1_000_000) Integer> seeds) {
    TrendCombiner table = new TrendCombiner(64);
    Map<List<Number>, int[]> model = new HashMap<>();
    List<TrendCount> found = new ArrayList<>();
    for (int seed : seeds) {
      Contribution added = new Contribution();
      added.of(1L + seed % 5, 170_000_000 + seed % 2, seed % 7 * 4_000);
      added.age = seed % 3 * 1_000;
      added.weight = seed % 4;
      added.views = 1;
      added.viewers = seed % 2;
      added.engagement = seed % 11 - 5;
      added.reports = seed % 13;
      table.add(added);
      int[] sums =
          model.computeIfAbsent(
              List.of(added.age, added.videoId, added.slot, added.origin), unknown -> new int[5]);
      sums[0] += added.weight;
      sums[1] += added.views;
      sums[2] += added.viewers;
      sums[3] += added.engagement;
      sums[4] += added.reports;
      if (table.isFull()) {
        table.forEach(found::add);
        table.clear();
      }
    }
    table.forEach(found::add);
    Map<List<Number>, int[]> sums = new HashMap<>();
    TrendCountStateFormat packing = new TrendCountStateFormat();
    packing.unpack(
        packing.pack(found),
        count -> {
          int[] sum =
              sums.computeIfAbsent(
                  List.of(count.age(), count.videoId(), count.slot(), count.origin()),
                  unknown -> new int[5]);
          sum[0] += count.weight();
          sum[1] += count.views();
          sum[2] += count.viewers();
          sum[3] += count.engagement();
          sum[4] += count.reports();
        });
    assertThat(sums.keySet()).isEqualTo(model.keySet());
    model.forEach((key, wanted) -> assertThat(sums.get(key)).as("%s", key).isEqualTo(wanted));
  }
}
