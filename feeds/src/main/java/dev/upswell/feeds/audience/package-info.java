/** Members of audiences, and the progress of fan-outs to them. */
@NullMarked
package dev.upswell.feeds.audience;

import org.jspecify.annotations.NullMarked;
