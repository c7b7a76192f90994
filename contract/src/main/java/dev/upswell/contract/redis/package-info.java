/** What stands in Redis: the keys, and the packed values behind them. */
@NullMarked
package dev.upswell.contract.redis;

import org.jspecify.annotations.NullMarked;
