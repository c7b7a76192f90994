/** Feeds of a run with a failure in it, compared with a model over all events. */
@NullMarked
package dev.upswell.local.check;

import org.jspecify.annotations.NullMarked;
