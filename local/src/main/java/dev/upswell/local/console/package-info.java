/** What the user of {@code ./run} reads. */
@NullMarked
package dev.upswell.local.console;

import org.jspecify.annotations.NullMarked;
