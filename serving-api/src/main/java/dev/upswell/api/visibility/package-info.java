/** Decides which videos an answer may show. */
@NullMarked
package dev.upswell.api.visibility;

import org.jspecify.annotations.NullMarked;
