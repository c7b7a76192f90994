/** What the records of a video write, and which videos an outbox has. */
@NullMarked
package dev.upswell.feeds.video;

import org.jspecify.annotations.NullMarked;
