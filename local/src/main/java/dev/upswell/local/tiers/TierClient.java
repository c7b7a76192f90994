package dev.upswell.local.tiers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import dev.upswell.local.http.JsonApi;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Reads statistics and tiers over HTTP. Thread-safe. */
public final class TierClient {
  private final JsonApi api;

  /** Reads from the API at an address such as {@code http://127.0.0.1:8080}. */
  public TierClient(String apiUrl) {
    this.api = new JsonApi(apiUrl);
  }

  /** Statistics of a video. */
  public record Stats(int views, Tier tier, Reason reason) {}

  /**
   * Distribution of videos over the tiers.
   *
   * @param at Unix milliseconds of the figures; 0 without figures
   * @param edgeFrom minimum views of the edge; {@link Integer#MAX_VALUE} if no video reaches it
   * @param regionalFrom minimum views of the regional tier, or the same maximum
   */
  public record Overview(
      long at, int active, int edge, int regional, int edgeFrom, int regionalFrom) {}

  /** Reads the statistics of a video. Fails without a valid response. */
  public CompletableFuture<Stats> stats(long videoId) {
    return api.get("/v1/videos/" + videoId + "/stats")
        .thenApply(
            json ->
                new Stats(
                    json.path("views").intValue(),
                    Tier.valueOf(json.path("tier").textValue()),
                    json.has("reason")
                        ? Reason.valueOf(json.path("reason").textValue())
                        : Reason.REASON_UNSPECIFIED));
  }

  /** Reads the overview. Fails without a valid response. */
  public CompletableFuture<Overview> overview() {
    return api.get("/v1/tiers?limit=1")
        .thenApply(
            json ->
                new Overview(
                    json.has("at") ? Instant.parse(json.path("at").textValue()).toEpochMilli() : 0,
                    json.path("counts").path("active").intValue(),
                    json.path("counts").path("edge").intValue(),
                    json.path("counts").path("regional").intValue(),
                    threshold(json, "edgeFrom"),
                    threshold(json, "regionalFrom")));
  }

  private static int threshold(JsonNode json, String name) {
    return json.path("thresholds").path(name).asInt(Integer.MAX_VALUE);
  }
}
