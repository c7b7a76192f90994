package dev.upswell.local.tiers;

import com.google.protobuf.Message;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Prints viral and forecast videos that reach the edge in a few lines. Of many at once it prints
 * only the most viewed. Not thread-safe.
 */
final class PromotionLines {
  private static final int REMEMBERED = 10_000;

  private final int atOnce;
  private final Set<Message> known =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Message, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  /**
   * Creates an empty list.
   *
   * @param atOnce maximum lines at once, besides the number of further videos
   */
  PromotionLines(int atOnce) {
    this.atOnce = atOnce;
  }

  /** Returns the lines of new promotions. */
  List<String> of(List<Promotion> promotions) {
    List<Promotion> promoted =
        promotions.stream()
            .filter(PromotionLines::isOfInterest)
            .filter(promotion -> known.add(keyOf(promotion)))
            .sorted(Comparator.comparingInt(Promotion::getViewsLastHour).reversed())
            .toList();
    List<String> lines = new ArrayList<>();
    promoted.stream().limit(atOnce).map(PromotionLines::line).forEach(lines::add);
    if (promoted.size() > atOnce) {
      lines.add("edge: %,d more videos".formatted(promoted.size() - atOnce));
    }
    return lines;
  }

  private static boolean isOfInterest(Promotion promotion) {
    return promotion.getTo() == Tier.EDGE
        && (promotion.getReason() == Reason.VIRAL || promotion.getReason() == Reason.FORECAST);
  }

  /** A promotion may be repeated after a failure. */
  private static Message keyOf(Promotion promotion) {
    return Promotion.newBuilder()
        .setVideoId(promotion.getVideoId())
        .setVersion(promotion.getVersion())
        .build();
  }

  private static String line(Promotion promotion) {
    String line =
        String.format(
            Locale.ROOT,
            "edge %d %s %,d views",
            promotion.getVideoId(),
            promotion.getReason(),
            promotion.getViewsLastHour());
    return promotion.getForecast() == 0
        ? line
        : line + String.format(Locale.ROOT, ", forecast %,d", promotion.getForecast());
  }
}
