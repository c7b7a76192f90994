/** Writes that follow from the records of a video, and the content of outboxes. */
@NullMarked
package dev.upswell.feeds.video;

import org.jspecify.annotations.NullMarked;
