/** Tests of the API with requests that Specmatic generates from its description. */
@NullMarked
package dev.upswell.specmatic;

import org.jspecify.annotations.NullMarked;
