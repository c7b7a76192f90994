/** Shared parts of all endpoints: problems by RFC 9457, JSON, parameters. */
@NullMarked
package dev.upswell.api.http;

import org.jspecify.annotations.NullMarked;
