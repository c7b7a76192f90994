package dev.upswell.api.videostats;

import com.google.gson.JsonObject;
import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import dev.upswell.contract.redis.RecentViewsValue;
import dev.upswell.contract.redis.TierValue;
import java.time.Instant;
import java.util.Optional;

/**
 * Statistics of a video.
 *
 * @param views empty without recent views
 * @param standing empty without a recent tier change
 */
record VideoStats(long videoId, Optional<RecentViewsValue> views, Optional<TierValue> standing) {
  /** Returns the tier. An unknown tier of a later release is the origin, which has every video. */
  Tier tier() {
    return standing
        .map(TierValue::tier)
        .filter(tier -> tier != Tier.TIER_UNSPECIFIED)
        .orElse(Tier.ORIGIN);
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("videoId", Long.toString(videoId));
    json.addProperty("views", views.map(RecentViewsValue::views).orElse(0));
    views.ifPresent(found -> json.addProperty("asOf", time(found.asOf())));
    json.addProperty("tier", tier().name());
    standing.ifPresent(found -> add(found, json));
    views.filter(found -> found.forecast() > 0).ifPresent(found -> addForecast(found, json));
    return json;
  }

  private static void add(TierValue standing, JsonObject json) {
    if (standing.reason() != Reason.REASON_UNSPECIFIED) {
      json.addProperty("reason", standing.reason().name());
    }
    json.addProperty("since", time(standing.version()));
  }

  private static void addForecast(RecentViewsValue views, JsonObject json) {
    json.addProperty("forecast", views.forecast());
    json.addProperty("forecastAtLeast", views.forecastAtLeast());
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
