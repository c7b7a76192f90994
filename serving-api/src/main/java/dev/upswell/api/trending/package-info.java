/** What is rising, and what is watched most: lists, and streams of them. */
@NullMarked
package dev.upswell.api.trending;

import org.jspecify.annotations.NullMarked;
