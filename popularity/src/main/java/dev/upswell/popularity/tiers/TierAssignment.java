package dev.upswell.popularity.tiers;

import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;

/**
 * The tier of a video and its start.
 *
 * @param tier current tier
 * @param reason reason of the last change; unspecified without one
 * @param since minute of the last change; 0 without one
 * @param lowSince first of the consecutive minutes below the threshold of the tier; 0 for none
 */
public record TierAssignment(Tier tier, Reason reason, int since, int lowSince) {
  /** The assignment of a video without a tier change. */
  public static final TierAssignment ORIGIN =
      new TierAssignment(Tier.ORIGIN, Reason.REASON_UNSPECIFIED, 0, 0);

  /** The same, low since a minute. */
  TierAssignment lowSince(int minute) {
    return minute == lowSince ? this : new TierAssignment(tier, reason, since, minute);
  }
}
