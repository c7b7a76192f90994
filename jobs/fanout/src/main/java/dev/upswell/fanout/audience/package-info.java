/** Members of audiences, and the pushes into their feeds. */
@NullMarked
package dev.upswell.fanout.audience;

import org.jspecify.annotations.NullMarked;
