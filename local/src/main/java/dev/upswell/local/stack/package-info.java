/** The processes of the whole system and what keeps them together. */
@NullMarked
package dev.upswell.local.stack;

import org.jspecify.annotations.NullMarked;
