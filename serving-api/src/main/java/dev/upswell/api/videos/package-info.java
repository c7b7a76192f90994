/** {@code GET /v1/videos}. */
@NullMarked
package dev.upswell.api.videos;

import org.jspecify.annotations.NullMarked;
