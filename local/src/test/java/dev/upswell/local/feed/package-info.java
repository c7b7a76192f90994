/** Tests. */
@NullMarked
package dev.upswell.local.feed;

import org.jspecify.annotations.NullMarked;
