/** Options and environment that all jobs share. */
@NullMarked
package dev.upswell.runtime;

import org.jspecify.annotations.NullMarked;
