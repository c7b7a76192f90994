/** How a server becomes ready, and how it stops. */
@NullMarked
package dev.upswell.api.lifecycle;

import org.jspecify.annotations.NullMarked;
