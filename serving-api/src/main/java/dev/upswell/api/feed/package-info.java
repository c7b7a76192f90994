/** The following feed of a user, page by page. */
@NullMarked
package dev.upswell.api.feed;

import org.jspecify.annotations.NullMarked;
