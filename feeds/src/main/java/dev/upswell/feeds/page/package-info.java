/** Cuts pages out of feed lists. */
@NullMarked
package dev.upswell.feeds.page;

import org.jspecify.annotations.NullMarked;
