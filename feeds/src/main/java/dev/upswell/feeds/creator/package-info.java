/** Push or pull per creator, and the number of audiences. */
@NullMarked
package dev.upswell.feeds.creator;

import org.jspecify.annotations.NullMarked;
