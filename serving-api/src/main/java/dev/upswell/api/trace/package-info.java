/** Trace ids of requests, for log lines, responses and records. */
@NullMarked
package dev.upswell.api.trace;

import org.jspecify.annotations.NullMarked;
