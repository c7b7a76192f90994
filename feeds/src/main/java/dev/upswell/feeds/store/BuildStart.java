package dev.upswell.feeds.store;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.Following;
import java.util.List;

/**
 * What a reader that begins to build finds.
 *
 * @param tail last entry of the feed: this builder's marker, another's, or a video of a feed that
 *     another finished meanwhile
 * @param following read after the marker was in its place
 * @param warmEpoch read together with {@code following}
 * @param slices read after that, in the order asked
 */
public record BuildStart(
    FeedEntry tail, Following following, long warmEpoch, List<OutboxPage> slices) {}
