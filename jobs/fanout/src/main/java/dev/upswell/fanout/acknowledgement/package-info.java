/** Counts the audiences that acknowledged the edges of a viewer. */
@NullMarked
package dev.upswell.fanout.acknowledgement;

import org.jspecify.annotations.NullMarked;
