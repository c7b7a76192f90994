/** What Gatling sends to the API. */
@NullMarked
package dev.upswell.gatling;

import org.jspecify.annotations.NullMarked;
