/** Feeds in Redis. */
@NullMarked
package dev.upswell.feeds.redis;

import org.jspecify.annotations.NullMarked;
