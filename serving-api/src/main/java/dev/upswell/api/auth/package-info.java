/** Who calls, by a JWT, and what they may. */
@NullMarked
package dev.upswell.api.auth;

import org.jspecify.annotations.NullMarked;
