/** {@code GET /v1/trending} and its stream. */
@NullMarked
package dev.upswell.api.trending;

import org.jspecify.annotations.NullMarked;
