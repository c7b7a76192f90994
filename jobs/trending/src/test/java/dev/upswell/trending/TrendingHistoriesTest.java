package dev.upswell.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.popularity.trending.DayPart;
import dev.upswell.popularity.trending.DiversityRules;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.SpamRules;
import dev.upswell.popularity.trending.TrendScore;
import dev.upswell.popularity.trending.TrendWeights;
import dev.upswell.popularity.trending.TrendingSettings;
import dev.upswell.trending.TrendingModel.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The operators together, against a model, in any history. */
class TrendingHistoriesTest {
  private static final int HISTORIES = 500;
  private static final int PLAYS = 3;

  /** Ten minutes before six in the morning, so that a part of the day ends in some histories. */
  private static final int T0 = 20_000 * 24 * Slots.PER_HOUR + 6 * Slots.PER_HOUR - 60;

  private static final List<String> REGIONS = List.of("BR", "US", "us", "");
  private static final List<String> KINDS = List.of("android", "ios", "iOS", "fridge");

  /** Events between two ends of slots. */
  private record Step(
      int slot, List<View> views, List<Engagement> engagements, List<Video> videos) {}

  private static TrendingSettings settings(Random random) {
    // Short half-lives, so that videos are forgotten within a history.
    return new TrendingSettings(
        Duration.ofSeconds(30 + random.nextInt(60)),
        Duration.ofMinutes(3 + random.nextInt(20)),
        Duration.ofSeconds(10 + random.nextInt(200)),
        0.5 + random.nextInt(3),
        random.nextInt(2),
        TrendScore.DEVIATIONS,
        new SpamRules(0.5 + random.nextInt(2), 0.2, random.nextInt(14)),
        TrendWeights.DEFAULTS,
        random.nextBoolean()
            ? DiversityRules.DEFAULTS
            : new DiversityRules(
                1 + random.nextInt(12), 1 + random.nextInt(3), 1 + random.nextInt(5)));
  }

  private static List<Step> history(Random random) {
    List<Step> steps = new ArrayList<>();
    int videos = random.nextInt(4) == 0 ? 250 : 1 + random.nextInt(30);
    int each = videos > 100 ? 250 : 1 + random.nextInt(40);
    int slot = T0 + random.nextInt(80);
    Step first = new Step(slot - 1, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (long video = 1; video <= videos; video++) {
      // The others are published later, or never.
      if (random.nextInt(4) > 0) {
        first.videos().add(record(random, video, creator(video, videos), slot * Slots.MILLIS));
      }
    }
    steps.add(first);
    for (int n = 10 + random.nextInt(25); n > 0; n--) {
      Step step = new Step(slot, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (int i = random.nextInt(each + 1); i > 0; i--) {
        happen(random, videos, step);
      }
      steps.add(step);
      slot += random.nextInt(5) > 0 ? 1 : random.nextInt(8) > 0 ? 2 + random.nextInt(5) : 300;
    }
    return steps;
  }

  /** Something, mostly in the slot, sometimes before it or later. */
  private static void happen(Random random, int videos, Step step) {
    long video = 1 + (long) (videos * Math.pow(random.nextDouble(), 2));
    long creator = creator(video, videos);
    // A client may name any creator.
    long named = random.nextInt(3) > 0 ? creator : 1L + random.nextInt(20);
    long viewer = 1L + random.nextInt(40);
    int moved = random.nextInt(40) == 0 ? 2 : random.nextInt(8) * 3;
    int off =
        moved == 0
            ? -random.nextInt(500)
            : moved == 3 ? random.nextInt(3) : moved == 2 ? random.nextInt(300) : 0;
    long at = (step.slot() + (long) off) * Slots.MILLIS + random.nextInt(10_000);
    int kind = random.nextInt(20);
    if (kind < 14) {
      step.views()
          .add(
              View.newBuilder()
                  .setViewerId(viewer)
                  .setVideoId(video)
                  .setCreatorId(named)
                  .setViewedAt(at)
                  .setRegion(REGIONS.get(random.nextInt(REGIONS.size())))
                  .setDevice(KINDS.get(random.nextInt(KINDS.size())))
                  .setDurationMs(10)
                  .setWatchMs(10 * random.nextInt(2))
                  .build());
    } else if (kind < 19) {
      step.engagements()
          .add(
              Engagement.newBuilder()
                  .setViewerId(viewer)
                  .setVideoId(video)
                  .setCreatorId(named)
                  .setAt(at)
                  .setTypeValue(1 + random.nextInt(6))
                  .build());
    } else {
      step.videos().add(record(random, video, random.nextInt(10) > 0 ? creator : 1 + creator, at));
    }
  }

  private static long creator(long video, int videos) {
    return 1 + video % (videos / 3 + 1);
  }

  private static Video record(Random random, long video, long creator, long at) {
    return Video.newBuilder()
        .setVideoId(video)
        .setCreatorId(creator)
        .setAt(at)
        .setType(random.nextInt(12) == 0 ? Video.Type.REMOVED : Video.Type.PUBLISHED)
        .setVisibilityValue(Math.max(0, random.nextInt(8) - 4))
        .setCategory(List.of("", "comedy", "Comedy", "news").get(random.nextInt(4)))
        .build();
  }

  private static void play(long seed) throws Exception {
    Random random = new Random(seed);
    TrendingSettings settings = settings(random);
    List<Step> steps = history(random);
    TrendingModel model = new TrendingModel(settings, PLAYS);
    try (TrendingChain chain = new TrendingChain(settings, PLAYS, 1 + random.nextInt(3))) {
      Optional<TrendingChain.Saved> saved = Optional.empty();
      int savedAt = 0;
      int seen = 0;
      int crashes = 2;
      for (int i = 0; i < steps.size(); i++) {
        Step step = steps.get(i);
        boolean again = i < seen;
        if (!again && random.nextInt(6) == 0) {
          saved = Optional.of(chain.save(i));
          savedAt = i;
        }
        live(step, chain);
        if (!again) {
          live(step, model);
        }
        chain.pass(step.slot());
        if (!again) {
          check(
              seed, step.slot(), chain, model, i == 0 ? step.slot() : steps.get(i - 1).slot() + 1);
        }
        seen = Math.max(seen, i + 1);
        if (saved.isPresent() && crashes > 0 && random.nextInt(8) == 0) {
          crashes--;
          chain.restore(saved.get(), 1 + random.nextInt(4));
          i = savedAt - 1;
        }
      }
      int last = steps.get(steps.size() - 1).slot();
      chain.pass(last + 3 * 8_640);
      chain.save(steps.size());
      // The metadata of videos expires by processing time.
      assertThat(chain.entries()).as("state of history %d", seed).isZero();
    }
  }

  private static void live(Step step, TrendingChain chain) throws Exception {
    for (Video video : step.videos()) {
      chain.say(video);
    }
    for (Engagement engagement : step.engagements()) {
      chain.engage(engagement);
    }
    for (View view : step.views()) {
      chain.view(view);
    }
  }

  private static void live(Step step, TrendingModel model) {
    step.videos().forEach(model::say);
    step.engagements().forEach(model::engage);
    step.views().forEach(model::view);
  }

  /** Everything that a reader may see at the end of each slot since the last step. */
  private static void check(
      long seed, int slot, TrendingChain chain, TrendingModel model, int from) {
    model.pass(slot);
    for (int each = Math.max(from, slot - 40); each <= slot; each++) {
      Map<String, List<Place>> expected = new HashMap<>(model.lists(each));
      expected.values().removeIf(List::isEmpty);
      long at = Slots.end(each) + 1;
      Map<String, List<Long>> found = new HashMap<>();
      for (Map.Entry<String, NavigableMap<Long, TrendingList>> scope :
          chain.published().entrySet()) {
        Map.Entry<Long, TrendingList> list = scope.getValue().floorEntry(at);
        if (list == null) {
          continue;
        }
        if (isOfAnotherPart(scope.getKey(), each)) {
          if (each == slot) {
            assertThat(list.getValue().getTopList())
                .as("history %d, slot %d, ended %s", seed, each - T0, scope.getKey())
                .allMatch(entry -> model.isPublic(entry.getVideoId()));
          }
          continue;
        }
        put(found, scope.getKey() + " rising", list.getValue().getEntriesList());
        put(found, scope.getKey() + " top", list.getValue().getTopList());
        if (list.getKey() == at) {
          same(expected, scope.getKey() + " rising", list.getValue().getEntriesList());
          same(expected, scope.getKey() + " top", list.getValue().getTopList());
        }
      }
      Map<String, List<Long>> wanted = new HashMap<>();
      expected.forEach(
          (name, list) -> wanted.put(name, list.stream().map(Place::videoId).toList()));
      assertThat(found.keySet())
          .as("history %d, slot %d", seed, each - T0)
          .isEqualTo(wanted.keySet());
      for (Map.Entry<String, List<Long>> list : wanted.entrySet()) {
        assertThat(found.get(list.getKey()))
            .as("history %d, slot %d, %s", seed, each - T0, list.getKey())
            .isEqualTo(list.getValue());
      }
    }
  }

  private static boolean isOfAnotherPart(String scope, int slot) {
    return scope.contains("daypart:") && !scope.endsWith(":" + DayPart.of(slot).text());
  }

  private static void put(
      Map<String, List<Long>> found, String name, List<TrendingList.Entry> entries) {
    if (!entries.isEmpty()) {
      found.put(name, entries.stream().map(TrendingList.Entry::getVideoId).toList());
    }
  }

  private static void same(
      Map<String, List<Place>> expected, String name, List<TrendingList.Entry> entries) {
    List<Place> places = expected.getOrDefault(name, List.of());
    for (int i = 0; i < Math.min(places.size(), entries.size()); i++) {
      Place place = places.get(i);
      TrendingList.Entry entry = entries.get(i);
      assertThat(entry.getScore()).isCloseTo(place.score(), near(place.score()));
      assertThat(entry.getEngagement()).isCloseTo(place.engagement(), near(place.engagement()));
      assertThat(entry.getBaseline()).isCloseTo(place.baseline(), near(place.baseline()));
      assertThat(entry.getViews()).isEqualTo((int) Math.round(place.views()));
    }
  }

  private static org.assertj.core.data.Offset<Double> near(double value) {
    return within(1e-6 * (1 + Math.abs(value)));
  }

  @Test
  void listsEqualTheModelThroughFailuresAndRescaling() throws Exception {
    for (long seed = 1; seed <= HISTORIES; seed++) {
      play(seed);
    }
  }
}
