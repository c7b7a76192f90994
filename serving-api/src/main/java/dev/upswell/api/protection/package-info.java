/** Overload protection: concurrency limit, circuit breaker, shared reads. */
@NullMarked
package dev.upswell.api.protection;

import org.jspecify.annotations.NullMarked;
