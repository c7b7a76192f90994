/** The fan-out job: uploads times audience make feeds. {@link FanoutPipeline} is the picture. */
@NullMarked
package dev.upswell.fanout;

import org.jspecify.annotations.NullMarked;
