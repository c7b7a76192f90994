/** A recorded week of real activity, played again as events. */
@NullMarked
package dev.upswell.local.replay;

import org.jspecify.annotations.NullMarked;
