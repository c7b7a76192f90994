/** Where the next page begins, sealed so that nobody else can make or use it. */
@NullMarked
package dev.upswell.api.cursor;

import org.jspecify.annotations.NullMarked;
