/** Computes feeds by merging the outboxes of followed creators. */
@NullMarked
package dev.upswell.feeds.outbox;

import org.jspecify.annotations.NullMarked;
