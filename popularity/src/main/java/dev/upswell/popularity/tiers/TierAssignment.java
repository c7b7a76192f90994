package dev.upswell.popularity.tiers;

import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;

/**
 * The tier of a video and since when it holds.
 *
 * @param tier where it is kept
 * @param reason why; unspecified for one that never had another tier
 * @param since the minute of the decision; 0 for one that never had another tier
 * @param lowSince the first minute of those in which it had too few views for its tier; 0 for none
 */
public record TierAssignment(Tier tier, Reason reason, int since, int lowSince) {
  /** Of a video that never had another tier. */
  public static final TierAssignment ORIGIN =
      new TierAssignment(Tier.ORIGIN, Reason.REASON_UNSPECIFIED, 0, 0);

  /** The same, low since a minute. */
  TierAssignment lowSince(int minute) {
    return minute == lowSince ? this : new TierAssignment(tier, reason, since, minute);
  }
}
