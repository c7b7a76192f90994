package dev.upswell.popularity.trending;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.upswell.contract.TextSlice;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Origin of views as a number: region, device and part of the day. Their names form the scopes.
 *
 * <p>Region and device are client input and are restricted, so that clients cannot create scopes
 * without bound: a region is two letters, a device one of the configured ones, both in any case.
 * Immutable and thread-safe.
 */
public final class ScopeKey {
  /** The whole world. */
  public static final int GLOBAL = 0;

  /** Name of all other devices. */
  public static final String OTHER = "other";

  /** Maximum number of configured devices. */
  public static final int MAX_DEVICES = 14;

  private static final Pattern DEVICE = Pattern.compile("[a-z0-9-]{1,32}");
  private static final int LETTERS = 26;
  private static final int PART_BITS = 2;
  private static final int REGION_SHIFT = 6;
  private static final int REGION_ONLY = -1 << REGION_SHIFT;

  private final byte[][] devices;
  private final String[] names;

  /**
   * Creates the keys for devices.
   *
   * @param devices names in views, in lower case; at most {@link #MAX_DEVICES}
   */
  public ScopeKey(List<String> devices) {
    if (devices.size() > MAX_DEVICES) {
      throw new IllegalArgumentException(
          "devices: " + devices.size() + " (expected: 0.." + MAX_DEVICES + ")");
    }
    for (String device : devices) {
      if (!DEVICE.matcher(device).matches()) {
        throw new IllegalArgumentException(
            "devices: \"" + device + "\" (expected: 1 to 32 of a-z, 0-9 and -)");
      }
    }
    this.devices = devices.stream().map(name -> name.getBytes(US_ASCII)).toArray(byte[][]::new);
    this.names = devices.toArray(String[]::new);
  }

  /**
   * The segment that a view belongs to; {@link #GLOBAL} if its region is not two letters. Makes no
   * object.
   *
   * @param slot in which it was viewed
   */
  public int of(TextSlice region, TextSlice device, int slot) {
    if (region.length() != 2) {
      return GLOBAL;
    }
    return of(region.byteAt(0), region.byteAt(1), device(device), slot);
  }

  /** Returns the key for strings, like the other method. */
  public int of(String region, String device, int slot) {
    if (region.length() != 2) {
      return GLOBAL;
    }
    int known = List.of(names).indexOf(device.toLowerCase(Locale.ROOT)) + 1;
    return of(region.charAt(0), region.charAt(1), known, slot);
  }

  private static int of(int first, int second, int device, int slot) {
    int high = (first & ~0x20) - 'A';
    int low = (second & ~0x20) - 'A';
    if (high < 0 || high >= LETTERS || low < 0 || low >= LETTERS) {
      return GLOBAL;
    }
    int region = 1 + high * LETTERS + low;
    return region << REGION_SHIFT | (device + 1) << PART_BITS | DayPart.numberOf(slot);
  }

  private int device(TextSlice given) {
    for (int i = 0; i < devices.length; i++) {
      if (given.isIgnoringCase(devices[i])) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Returns whether a key is a segment of a device that is not configured. */
  public static boolean isOtherDevice(int origin) {
    return isSegment(origin) && ((origin & ~REGION_ONLY) >> PART_BITS) == 1;
  }

  /** The region of a segment, without device and part of the day. */
  static int regionOf(int segment) {
    return segment & REGION_ONLY;
  }

  /** Returns whether a key is a segment, not a region or the world. */
  static boolean isSegment(int origin) {
    return (origin & ~REGION_ONLY) != 0;
  }

  /** Returns whether a key is a region, not a segment or the world. */
  static boolean isRegion(int origin) {
    return origin != GLOBAL && !isSegment(origin);
  }

  /** The part of the day of a segment. */
  static DayPart partOf(int segment) {
    return DayPart.ALL.get(segment & (DayPart.ALL.size() - 1));
  }

  /** The name of a scope, such as {@code region:BR}. */
  public String name(int origin) {
    if (origin == GLOBAL) {
      return "global";
    }
    int region = (origin >> REGION_SHIFT) - 1;
    String letters = "" + (char) ('A' + region / LETTERS) + (char) ('A' + region % LETTERS);
    if (isRegion(origin)) {
      return "region:" + letters;
    }
    int device = ((origin & ~REGION_ONLY) >> PART_BITS) - 1;
    String kind = device == 0 ? OTHER : names[device - 1];
    return "device:" + kind + "/region:" + letters + "/daypart:" + partOf(origin).text();
  }
}
