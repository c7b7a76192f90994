/**
 * Keeps the API standing: how many computations run at a time, when the store is left alone, what
 * is given instead.
 */
@NullMarked
package dev.upswell.api.protection;

import org.jspecify.annotations.NullMarked;
