/** {@code GET /stats}, and the metrics of the server. */
@NullMarked
package dev.upswell.api.diagnostics;

import org.jspecify.annotations.NullMarked;
