/** The program behind {@code ./run}: the whole system on one machine. */
@NullMarked
package dev.upswell.local;

import org.jspecify.annotations.NullMarked;
