package dev.upswell.benchmarks.report;

/**
 * Who was measured beside us, in the same rounds.
 *
 * @param name such as {@code Jackson, streaming}
 */
public record Rival(String name, Samples samples) {}
