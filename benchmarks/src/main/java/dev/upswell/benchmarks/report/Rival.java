package dev.upswell.benchmarks.report;

/**
 * Rival, measured in the same rounds.
 *
 * @param name such as {@code Jackson, streaming}
 */
public record Rival(String name, Samples samples) {}
