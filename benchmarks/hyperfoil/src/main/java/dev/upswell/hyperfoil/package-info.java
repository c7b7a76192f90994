/** Load on the API by Hyperfoil. */
@NullMarked
package dev.upswell.hyperfoil;

import org.jspecify.annotations.NullMarked;
