/**
 * Decides how the videos of a creator reach the followers: push or pull, one audience or several.
 */
@NullMarked
package dev.upswell.feeds.creator;

import org.jspecify.annotations.NullMarked;
