/** Adds up what belongs together before it is sent to other subtasks. */
@NullMarked
package dev.upswell.views.combine;

import org.jspecify.annotations.NullMarked;
