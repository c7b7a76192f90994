/** Quotas of users and clients, shared by all instances. */
@NullMarked
package dev.upswell.api.ratelimit;

import org.jspecify.annotations.NullMarked;
