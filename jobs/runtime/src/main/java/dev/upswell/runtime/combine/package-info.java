/** Adds up what belongs together before it is sent to other subtasks. */
@NullMarked
package dev.upswell.runtime.combine;

import org.jspecify.annotations.NullMarked;
