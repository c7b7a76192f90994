/** Decodes views without allocation. */
@NullMarked
package dev.upswell.views.decode;

import org.jspecify.annotations.NullMarked;
