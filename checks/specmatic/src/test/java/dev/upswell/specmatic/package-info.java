/** What Specmatic makes of the API's description. */
@NullMarked
package dev.upswell.specmatic;

import org.jspecify.annotations.NullMarked;
