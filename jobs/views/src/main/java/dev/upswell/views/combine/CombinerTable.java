package dev.upswell.views.combine;

import dev.upswell.contract.Hash64;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Stores the entries of a combiner in one array, by open addressing. An entry is a fixed number of
 * adjacent longs, so that an element costs one memory access and no object. The first number of an
 * entry is not 0.
 *
 * <p>A combiner compares the keys itself, because keys have different forms:
 *
 * <pre>{@code
 * int at = table.first(hash);
 * while (table.isUsed(at) && !isKey(at)) {
 *   at = table.next(at);
 * }
 * }</pre>
 */
public final class CombinerTable {
  private final int maxEntries;
  private final int width;
  private final int shift;
  private final long[] numbers;
  private int size;

  /**
   * Creates an empty table.
   *
   * @param maxEntries maximum entries; positive
   * @param width numbers per entry
   */
  public CombinerTable(int maxEntries, int width) {
    // At most half of the table is used, which keeps probing short.
    int places = Integer.highestOneBit(Math.max(2, maxEntries) * 2 - 1) * 2;
    this.maxEntries = maxEntries;
    this.width = width;
    this.shift = Long.SIZE - Integer.numberOfTrailingZeros(places);
    this.numbers = new long[places * width];
  }

  /** Returns the index of the first place for a hash, which need not be spread. */
  public int first(long hash) {
    return (int) (Hash64.spread(hash) >>> shift) * width;
  }

  /** Returns the index of the next place. */
  public int next(int at) {
    int next = at + width;
    return next == numbers.length ? 0 : next;
  }

  /** Returns whether a place has an entry. */
  public boolean isUsed(int at) {
    return numbers[at] != 0;
  }

  /** Adds an entry in a free place, with all other numbers 0. */
  public void insert(int at, long firstNumber) {
    numbers[at] = firstNumber;
    size++;
  }

  /** Returns a number. */
  public long get(int at) {
    return numbers[at];
  }

  /** Sets a number. */
  public void set(int at, long value) {
    numbers[at] = value;
  }

  /** Adds to a number. */
  public void add(int at, long value) {
    numbers[at] += value;
  }

  /** Returns whether the table has its maximum of entries. */
  public boolean isFull() {
    return size >= maxEntries;
  }

  /** Returns the number of places. */
  public int places() {
    return numbers.length / width;
  }

  /** Passes the index of each entry to a consumer. */
  public void forEach(IntConsumer into) {
    if (size == 0) {
      return;
    }
    for (int at = 0; at < numbers.length; at += width) {
      if (numbers[at] != 0) {
        into.accept(at);
      }
    }
  }

  /** Deletes all entries. */
  public void clear() {
    if (size > 0) {
      Arrays.fill(numbers, 0);
      size = 0;
    }
  }
}
