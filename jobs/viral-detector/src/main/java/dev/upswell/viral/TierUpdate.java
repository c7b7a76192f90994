package dev.upswell.viral;

import dev.upswell.contract.redis.RecentViewsValue;
import dev.upswell.contract.redis.TierValue;

/** Update of a video in Redis. */
sealed interface TierUpdate {
  /** The video. */
  long videoId();

  /** Recent views. */
  record ActiveVideo(long videoId, RecentViewsValue views) implements TierUpdate {}

  /** Tier; refreshed each hour, before it expires. */
  record Assigned(long videoId, TierValue assignment) implements TierUpdate {}
}
