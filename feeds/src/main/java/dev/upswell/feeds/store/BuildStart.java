package dev.upswell.feeds.store;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.Following;
import java.util.List;

/**
 * State of a feed when a reader starts to compute it.
 *
 * @param tail last entry of the list: the marker of this reader, that of another, or a video of a
 *     list that another reader finished
 * @param following read after the marker was written
 * @param warmEpoch read together with {@code following}
 * @param pages outbox pages, read after that, in the order of the requests
 */
public record BuildStart(
    FeedEntry tail, Following following, long warmEpoch, List<OutboxPage> pages) {}
