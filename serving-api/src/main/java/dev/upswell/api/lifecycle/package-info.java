/** Readiness and shutdown of the server. */
@NullMarked
package dev.upswell.api.lifecycle;

import org.jspecify.annotations.NullMarked;
