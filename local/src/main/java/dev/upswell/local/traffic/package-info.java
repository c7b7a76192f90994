/** Generated traffic with the distributions of a real short-video app. */
@NullMarked
package dev.upswell.local.traffic;

import org.jspecify.annotations.NullMarked;
