/** Output of {@code ./run}. */
@NullMarked
package dev.upswell.local.console;

import org.jspecify.annotations.NullMarked;
