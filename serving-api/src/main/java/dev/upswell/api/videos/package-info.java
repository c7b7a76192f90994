/** What an app shows of videos. */
@NullMarked
package dev.upswell.api.videos;

import org.jspecify.annotations.NullMarked;
