package dev.upswell.popularity.forecast;

/**
 * Expected views of a video at an age of one hour.
 *
 * @param views median of the expected views; at least the current views
 * @param lower lower bound at the confidence of the model; at least the current views, at most
 *     {@code views}
 */
public record Forecast(double views, double lower) {}
