/** Which request a line of the log, an answer or a record belongs to. */
@NullMarked
package dev.upswell.api.trace;

import org.jspecify.annotations.NullMarked;
