/** What is common to those who ask the API. */
@NullMarked
package dev.upswell.local.http;

import org.jspecify.annotations.NullMarked;
