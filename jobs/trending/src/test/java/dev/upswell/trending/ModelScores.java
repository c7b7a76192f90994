package dev.upswell.trending;

import dev.upswell.popularity.trending.DayPart;
import dev.upswell.popularity.trending.Decay;
import dev.upswell.popularity.trending.TrendWeights;
import dev.upswell.popularity.trending.TrendingSettings;
import dev.upswell.trending.ModelSums.Sums;
import dev.upswell.trending.ModelSums.VideoSums;
import dev.upswell.trending.TrendingModel.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Scores the videos of a slot and collects the candidates of each list. */
final class ModelScores {
  final Map<String, List<Candidate>> rising = new TreeMap<>();
  final Map<String, List<Candidate>> top = new TreeMap<>();

  private final ModelSums sums;
  private final TrendingSettings settings;
  private final TrendWeights weights;
  private final int slot;
  private final double priorSlots;
  private final Decay fading;

  record Candidate(long creator, String category, Place place) {}

  ModelScores(ModelSums sums, TrendingSettings settings, int slot) {
    this.sums = sums;
    this.settings = settings;
    this.weights = settings.weights();
    this.slot = slot;
    this.priorSlots = ModelSums.slots(settings.prior());
    this.fading = new Decay(priorSlots);
  }

  private static double millionths(double score) {
    return Math.rint(score * (1 << 20)) / (1 << 20);
  }

  /**
   * Adds a video that is not hidden to the lists that it may be in.
   *
   * @param usual engagement of the creator's other videos per slot
   */
  void offer(VideoSums video, String category, double usual) {
    Sums global = video.views().get("global");
    if (global == null) {
      return;
    }
    double weight = sums.now(global, global.a(), slot);
    double liked =
        Math.max(
            0,
            Math.min(
                sums.now(video.others(), video.others().a(), slot),
                settings.spam().maxEngagementPerView() * weight));
    double disliked =
        Math.max(
            0,
            Math.min(
                sums.now(video.others(), video.others().b(), slot),
                weights.report() * sums.now(global, global.c(), slot)));
    double all = Math.max(0, weight + liked - disliked);
    video
        .views()
        .forEach(
            (scope, own) -> {
              double here = sums.now(own, own.a(), slot);
              double views = sums.now(own, own.b(), slot);
              double viewers = sums.now(own, own.c(), slot);
              boolean isNow =
                  !scope.contains("daypart:") || scope.endsWith(":" + DayPart.of(slot).text());
              double engagement = scope.equals("global") ? all : all * (here / weight);
              if (!isNow
                  || viewers < settings.spam().minViewers()
                  || viewers < settings.spam().distinctShare() * views
                  || !(engagement > 0)) {
                return;
              }
              double expected = expected(video, scope, own, here, weight, usual);
              double variance = variance(video, own, here, engagement);
              double rise =
                  millionths(
                      (engagement - expected)
                          / Math.sqrt(Math.max(Math.max(expected, variance), settings.floor())));
              List<String> scopes = new ArrayList<>(List.of(scope));
              if (scope.startsWith("region:") && !category.isEmpty()) {
                scopes.add(scope + "/category:" + category);
              }
              for (String each : scopes) {
                Place place =
                    new Place(video.video(), millionths(engagement), engagement, expected, views);
                top.computeIfAbsent(each, unknown -> new ArrayList<>())
                    .add(new Candidate(video.creator(), category, place));
                if (rise >= settings.minScore()) {
                  Place up = new Place(video.video(), rise, engagement, expected, views);
                  rising
                      .computeIfAbsent(each, unknown -> new ArrayList<>())
                      .add(new Candidate(video.creator(), category, up));
                }
              }
            });
  }

  private double expected(
      VideoSums video, String scope, Sums own, double here, double weight, double usual) {
    int age = slot - video.first();
    Sums global = video.views().get("global");
    boolean isGlobal = scope.equals("global");
    double pastWeight = sums.past(global, slot);
    double pastHere =
        isGlobal
            ? sums.past(video, slot)
            : pastWeight <= 0 ? 0 : sums.past(video, slot) * (sums.past(own, slot) / pastWeight);
    double share = isGlobal || weight <= 0 ? 1 : here / weight;
    double prior = priorSlots * fading.factor(age);
    double span = Math.max(0, sums.slow.span(age) - sums.fast.span(age));
    return (pastHere + prior * (usual * share)) / (span + prior) * sums.fast.span(age);
  }

  private double variance(VideoSums video, Sums own, double here, double engagement) {
    int age = slot - video.first();
    if (age == 0 || here <= 0) {
      return 0;
    }
    int since = slot - own.touched();
    double s = sums.slow.factor(1);
    double d = sums.fast.factor(1);
    double span = sums.slow.span(age) - 1;
    double slowSum = ModelSums.real(sums.slow.left(own.past(), since));
    double mean = ((s * slowSum - d * here) / (s - d) - here) / span;
    double known = 1 - sums.slow.factor(age);
    double more = engagement / here;
    return Math.max(0, sums.squares(own, since) / span - mean * mean) * known * known * more * more;
  }
}
