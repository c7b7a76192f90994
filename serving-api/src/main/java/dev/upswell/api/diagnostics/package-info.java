/** How the server is doing, at a glance. */
@NullMarked
package dev.upswell.api.diagnostics;

import org.jspecify.annotations.NullMarked;
