/** Real processes, started and ended. */
@NullMarked
package dev.upswell.processes;

import org.jspecify.annotations.NullMarked;
