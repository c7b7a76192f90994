/** Events on their way to Kafka. */
@NullMarked
package dev.upswell.local.events;

import org.jspecify.annotations.NullMarked;
