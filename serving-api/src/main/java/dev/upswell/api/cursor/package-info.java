/** Cursors: sealed positions of the next page. */
@NullMarked
package dev.upswell.api.cursor;

import org.jspecify.annotations.NullMarked;
