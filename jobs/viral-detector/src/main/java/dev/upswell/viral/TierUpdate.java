package dev.upswell.viral;

import dev.upswell.contract.redis.RecentViewsValue;
import dev.upswell.contract.redis.TierValue;

/** Update of a video in Redis. */
sealed interface TierUpdate {
  /** The video. */
  long videoId();

  /** Recent views. */
  record Watched(long videoId, RecentViewsValue views) implements TierUpdate {}

  /** Tier; refreshed each hour, before it expires. */
  record Placed(long videoId, TierValue standing) implements TierUpdate {}
}
