/** The serving API: one server, a package for each feature. */
@NullMarked
package dev.upswell.api;

import org.jspecify.annotations.NullMarked;
