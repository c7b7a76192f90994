/** The processes of the whole system, and their folder. */
@NullMarked
package dev.upswell.local.stack;

import org.jspecify.annotations.NullMarked;
