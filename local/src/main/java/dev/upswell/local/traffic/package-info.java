/** Made-up traffic that is shaped like that of a real short-video app. */
@NullMarked
package dev.upswell.local.traffic;

import org.jspecify.annotations.NullMarked;
