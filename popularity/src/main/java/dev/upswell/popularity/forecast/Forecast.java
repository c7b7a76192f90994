package dev.upswell.popularity.forecast;

/**
 * How many views a young video will have had when it is an hour old.
 *
 * @param views as many are as likely as not to be exceeded; at least the views so far
 * @param lower more than this are expected with the model's confidence; at least the views so far,
 *     at most {@code views}
 */
public record Forecast(double views, double lower) {}
