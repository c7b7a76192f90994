/** HTTP client of the API. */
@NullMarked
package dev.upswell.local.http;

import org.jspecify.annotations.NullMarked;
