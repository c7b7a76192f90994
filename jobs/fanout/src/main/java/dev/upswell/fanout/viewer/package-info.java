/** Follows and sessions of viewers, and the edges that result from them. */
@NullMarked
package dev.upswell.fanout.viewer;

import org.jspecify.annotations.NullMarked;
