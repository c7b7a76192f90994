/** Authentication by JWT, and access rules. */
@NullMarked
package dev.upswell.api.auth;

import org.jspecify.annotations.NullMarked;
