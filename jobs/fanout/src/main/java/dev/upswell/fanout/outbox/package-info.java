/** Outboxes of creators and the publication of their videos. */
@NullMarked
package dev.upswell.fanout.outbox;

import org.jspecify.annotations.NullMarked;
