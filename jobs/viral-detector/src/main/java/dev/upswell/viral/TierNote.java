package dev.upswell.viral;

import dev.upswell.contract.redis.RecentViews;
import dev.upswell.contract.redis.TierStanding;

/** What is to be written into Redis about a video. */
sealed interface TierNote {
  /** The video. */
  long videoId();

  /** How much it was watched. */
  record Watched(long videoId, RecentViews views) implements TierNote {}

  /** Where it is kept; said again each hour, before what was said is forgotten. */
  record Placed(long videoId, TierStanding standing) implements TierNote {}
}
