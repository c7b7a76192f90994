/**
 * Typed options of programs: declared once, read from arguments, environment and file, all checked
 * at the start.
 */
@NullMarked
package dev.upswell.options;

import org.jspecify.annotations.NullMarked;
