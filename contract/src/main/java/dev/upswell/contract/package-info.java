/** The one vocabulary: events, topic names, codec, Redis key layout and id rules. */
@NullMarked
package dev.upswell.contract;

import org.jspecify.annotations.NullMarked;
