/** How many views a young video will have had in its first hour. */
@NullMarked
package dev.upswell.views.forecast;

import org.jspecify.annotations.NullMarked;
