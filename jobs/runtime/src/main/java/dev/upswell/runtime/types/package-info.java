/** Serializers of records and state, without Kryo. */
@NullMarked
package dev.upswell.runtime.types;

import org.jspecify.annotations.NullMarked;
