/** Who may be pushed to: viewers becoming active, edges becoming known, feeds becoming warm. */
@NullMarked
package dev.upswell.feeds.audience;

import org.jspecify.annotations.NullMarked;
