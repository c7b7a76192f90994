/** What the API says is trending. */
@NullMarked
package dev.upswell.local.trending;

import org.jspecify.annotations.NullMarked;
