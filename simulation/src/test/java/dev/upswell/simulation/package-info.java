@NullMarked
package dev.upswell.simulation;

import org.jspecify.annotations.NullMarked;
