/** How many requests a user and a client may send, counted together by all instances. */
@NullMarked
package dev.upswell.api.ratelimit;

import org.jspecify.annotations.NullMarked;
