/** State transitions of a viewer: follows, blocks, sessions, edge acknowledgements. */
@NullMarked
package dev.upswell.feeds.viewer;

import org.jspecify.annotations.NullMarked;
