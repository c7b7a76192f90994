package dev.upswell.api.videos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.upswell.contract.redis.VideoFields;
import dev.upswell.feeds.redis.VisibilityFields;
import dev.upswell.feeds.store.Freshness;
import dev.upswell.feeds.store.VideoVisibility;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Display data of a video, with its visibility.
 *
 * @param values by the names of {@link VideoFields}; unknown ones are absent
 */
record VideoData(Map<String, String> values, VideoVisibility visibility) {
  private static final List<String> DISPLAYED =
      List.of(
          VideoFields.CREATOR_ID,
          VideoFields.PUBLISHED_AT,
          VideoFields.DURATION_MS,
          VideoFields.CATEGORY,
          VideoFields.HASHTAGS,
          VideoFields.LANGUAGE,
          VideoFields.REGION);

  /** Fields in the order of the request to Redis. */
  static final List<String> FIELDS =
      Stream.concat(DISPLAYED.stream(), VisibilityFields.NAMES.stream()).toList();

  /**
   * Parses the reply of Redis.
   *
   * @param answer text or null for each of {@link #FIELDS}
   */
  static VideoData of(List<@Nullable Object> answer) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < DISPLAYED.size(); i++) {
      if (answer.get(i) instanceof byte[] text) {
        values.put(DISPLAYED.get(i), new String(text, UTF_8));
      }
    }
    return new VideoData(values, VisibilityFields.parse(answer, DISPLAYED.size(), Freshness.NONE));
  }

  JsonObject toJson(long videoId) {
    JsonObject json = new JsonObject();
    json.addProperty("videoId", Long.toString(videoId));
    json.addProperty("creatorId", text(VideoFields.CREATOR_ID).orElse(""));
    text(VideoFields.PUBLISHED_AT)
        .ifPresent(
            millis ->
                json.addProperty(
                    "publishedAt", Instant.ofEpochMilli(Long.parseLong(millis)).toString()));
    text(VideoFields.DURATION_MS)
        .ifPresent(millis -> json.addProperty("durationMs", Integer.parseInt(millis)));
    for (String field : List.of(VideoFields.CATEGORY, VideoFields.LANGUAGE, VideoFields.REGION)) {
      text(field).ifPresent(text -> json.addProperty(field, text));
    }
    JsonArray hashtags = new JsonArray();
    text(VideoFields.HASHTAGS).ifPresent(all -> List.of(all.split(",", -1)).forEach(hashtags::add));
    json.add("hashtags", hashtags);
    return json;
  }

  /** Returns a value; an empty one counts as absent. */
  private Optional<String> text(String field) {
    return Optional.ofNullable(values.get(field)).filter(text -> !text.isEmpty());
  }
}
