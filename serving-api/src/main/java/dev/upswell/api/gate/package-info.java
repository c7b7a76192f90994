/** What every request passes before its service: who calls, and whether it is too much. */
@NullMarked
package dev.upswell.api.gate;

import org.jspecify.annotations.NullMarked;
