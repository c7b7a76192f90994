/** What all endpoints have in common: problems as RFC 9457, JSON, parameters. */
@NullMarked
package dev.upswell.api.http;

import org.jspecify.annotations.NullMarked;
