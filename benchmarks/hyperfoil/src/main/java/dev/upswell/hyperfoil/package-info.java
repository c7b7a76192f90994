/** What Hyperfoil sends to the API. */
@NullMarked
package dev.upswell.hyperfoil;

import org.jspecify.annotations.NullMarked;
