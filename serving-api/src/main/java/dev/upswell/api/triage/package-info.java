/** How the server is doing, at a glance. */
@NullMarked
package dev.upswell.api.triage;

import org.jspecify.annotations.NullMarked;
