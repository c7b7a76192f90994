/** What every job shares: its options and its environment. */
@NullMarked
package dev.upswell.runtime;

import org.jspecify.annotations.NullMarked;
