package dev.upswell.viral;

import dev.upswell.contract.redis.RecentViewsValue;
import dev.upswell.contract.redis.TierValue;

/** What is to be written into Redis about a video. */
sealed interface TierUpdate {
  /** The video. */
  long videoId();

  /** How much it was watched. */
  record Watched(long videoId, RecentViewsValue views) implements TierUpdate {}

  /** Where it is kept; said again each hour, before what was said is forgotten. */
  record Placed(long videoId, TierValue standing) implements TierUpdate {}
}
