package dev.upswell.api.trending;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.upswell.api.http.Parameters;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.redis.TrendingValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Query of a list.
 *
 * @param limit maximum entries
 */
record TrendingQuery(String scope, Kind kind, int limit) {
  private static final String GLOBAL = "global";
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 100;
  private static final String NAME = "[a-z0-9-]{1,32}";
  private static final Pattern SCOPE =
      Pattern.compile(
          ("global|region:[A-Z]{2}(/category:%s)?"
                  + "|device:%s/region:[A-Z]{2}/daypart:(night|morning|afternoon|evening)")
              .formatted(NAME, NAME));
  private static final Pattern REGION =
      Pattern.compile("(?<=^region:|/region:)[a-z]{2}(?![a-z0-9-])");
  private static final String SCOPES =
      "global, region:BR, region:BR/category:comedy or device:ios/region:BR/daypart:evening";

  /** Kind of the list. */
  enum Kind {
    RISING,
    TOP;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Parses the query of a list; the default scope is the world. */
  static TrendingQuery ofList(Parameters parameters) {
    return of(parameters, parameters.text("scope").orElse(GLOBAL));
  }

  /** Parses the query of a stream, which requires a scope. */
  static TrendingQuery ofStream(Parameters parameters) {
    return of(parameters, parameters.text("scope").orElse(""));
  }

  private static TrendingQuery of(Parameters parameters, String given) {
    String scope = normalized(given);
    if (!SCOPE.matcher(scope).matches()) {
      throw Parameters.notAllowed("scope", given, SCOPES);
    }
    return new TrendingQuery(
        scope,
        kind(parameters.text("kind")),
        parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
  }

  /** Returns a scope in the form of events: regions in upper case, all else in lower case. */
  private static String normalized(String scope) {
    return REGION
        .matcher(scope.toLowerCase(Locale.ROOT))
        .replaceFirst(region -> region.group().toUpperCase(Locale.ROOT));
  }

  private static Kind kind(Optional<String> given) {
    return switch (given.orElse(Kind.RISING.text())) {
      case "rising" -> Kind.RISING;
      case "top" -> Kind.TOP;
      default -> throw Parameters.notAllowed("kind", given.orElse(""), "rising or top");
    };
  }

  /** The answer; without {@code asOf} and entries if there is no list. */
  JsonObject answer(Optional<TrendingValue> found) {
    JsonObject json = new JsonObject();
    json.addProperty("scope", scope);
    json.addProperty("kind", kind.text());
    found.ifPresent(value -> json.addProperty("asOf", Instant.ofEpochMilli(value.at()).toString()));
    JsonArray entries = new JsonArray();
    found.map(value -> list(value.lists())).orElse(List.of()).stream()
        .limit(limit)
        .map(TrendingQuery::entry)
        .forEach(entries::add);
    json.add("entries", entries);
    return json;
  }

  private List<TrendingList.Entry> list(TrendingList lists) {
    return kind == Kind.RISING ? lists.getEntriesList() : lists.getTopList();
  }

  private static JsonObject entry(TrendingList.Entry entry) {
    JsonObject json = new JsonObject();
    json.addProperty("videoId", Long.toString(entry.getVideoId()));
    json.addProperty("creatorId", Long.toString(entry.getCreatorId()));
    json.addProperty("score", entry.getScore());
    json.addProperty("engagement", entry.getEngagement());
    json.addProperty("baseline", entry.getBaseline());
    json.addProperty("deviation", entry.getDeviation());
    json.addProperty("views", entry.getViews());
    json.addProperty("viewers", entry.getViewers());
    return json;
  }
}
