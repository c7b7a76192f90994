/** How many views a young video will have had in its first hour. */
@NullMarked
package dev.upswell.popularity.forecast;

import org.jspecify.annotations.NullMarked;
