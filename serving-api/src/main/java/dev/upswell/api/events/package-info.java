/** Events of clients, into Kafka. */
@NullMarked
package dev.upswell.api.events;

import org.jspecify.annotations.NullMarked;
