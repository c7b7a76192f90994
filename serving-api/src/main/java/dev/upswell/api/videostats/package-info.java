/** {@code GET /v1/videos/{id}/stats}. */
@NullMarked
package dev.upswell.api.videostats;

import org.jspecify.annotations.NullMarked;
