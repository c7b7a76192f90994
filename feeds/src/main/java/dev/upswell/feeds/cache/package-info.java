/** In-process caches of feeds, video visibility and pulled creators. */
@NullMarked
package dev.upswell.feeds.cache;

import org.jspecify.annotations.NullMarked;
