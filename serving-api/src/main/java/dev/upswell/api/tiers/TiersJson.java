package dev.upswell.api.tiers;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.Timestamp;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.TierOverview;
import java.time.Instant;

/** Writes an overview as JSON. */
final class TiersJson {
  /** Threshold that no video reaches. */
  private static final int NO_VIDEO = Integer.MAX_VALUE;

  private TiersJson() {}

  /** Writes the overview with a maximum number of promotions. */
  static JsonObject write(TierOverview overview, int limit) {
    JsonObject json = new JsonObject();
    if (overview.hasAt()) {
      json.addProperty("at", time(overview.getAt()));
    }
    json.add("counts", counts(overview));
    json.add("thresholds", thresholds(overview));
    JsonArray promotions = new JsonArray();
    overview.getLastList().stream().limit(limit).map(TiersJson::promotion).forEach(promotions::add);
    json.add("promotions", promotions);
    return json;
  }

  private static JsonObject counts(TierOverview overview) {
    // A video that cools down may be in its tier for some minutes without views: not active.
    int origin = overview.getActive() - overview.getEdge() - overview.getRegional();
    JsonObject counts = new JsonObject();
    counts.addProperty("active", overview.getActive());
    counts.addProperty("edge", overview.getEdge());
    counts.addProperty("regional", overview.getRegional());
    counts.addProperty("origin", Math.max(0, origin));
    return counts;
  }

  private static JsonObject thresholds(TierOverview overview) {
    JsonObject thresholds = new JsonObject();
    if (overview.hasAt()) {
      addThreshold(thresholds, "edgeFrom", overview.getEdgeFrom());
      addThreshold(thresholds, "regionalFrom", overview.getRegionalFrom());
      addThreshold(thresholds, "viralAbove", overview.getViralAbove());
    }
    return thresholds;
  }

  private static void addThreshold(JsonObject json, String name, int views) {
    if (views != NO_VIDEO) {
      json.addProperty(name, views);
    }
  }

  private static JsonObject promotion(Promotion promotion) {
    JsonObject json = new JsonObject();
    json.addProperty("videoId", Long.toString(promotion.getVideoId()));
    json.addProperty("from", promotion.getFrom().name());
    json.addProperty("to", promotion.getTo().name());
    json.addProperty("reason", promotion.getReason().name());
    json.addProperty("at", time(promotion.getAt()));
    json.addProperty("viewsLastHour", promotion.getViewsLastHour());
    json.addProperty("distinctShare", promotion.getDistinctShare());
    if (promotion.getForecast() > 0) {
      json.addProperty("forecast", promotion.getForecast());
      json.addProperty("forecastAtLeast", promotion.getForecastAtLeast());
    }
    addThreshold(json, "edgeFrom", promotion.getEdgeFrom());
    addThreshold(json, "regionalFrom", promotion.getRegionalFrom());
    return json;
  }

  private static String time(Timestamp at) {
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos()).toString();
  }
}
