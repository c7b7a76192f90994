package dev.upswell.fanout.viewer;

import dev.upswell.feeds.viewer.RelationshipState;
import java.util.Arrays;
import java.util.List;

/**
 * The form of a relationship in state: version, six times, number of the user's records, these, and
 * the records of the other user.
 */
final class PackedRelationship {
  private static final long VERSION = 1;
  private static final int HEAD = 8;

  private PackedRelationship() {}

  static long[] pack(RelationshipState state) {
    int own = state.ownRecords().size();
    long[] packed = new long[HEAD + own + state.othersRecords().size()];
    packed[0] = VERSION;
    packed[1] = state.followAt();
    packed[2] = state.unfollowAt();
    packed[3] = state.blockAt();
    packed[4] = state.unblockAt();
    packed[5] = state.blockedAt();
    packed[6] = state.unblockedAt();
    packed[7] = own;
    int at = HEAD;
    for (long record : state.ownRecords()) {
      packed[at++] = record;
    }
    for (long record : state.othersRecords()) {
      packed[at++] = record;
    }
    return packed;
  }

  /**
   * Reads the packed form.
   *
   * @throws IllegalStateException for another version
   */
  static RelationshipState unpack(long[] packed) {
    if (packed[0] != VERSION) {
      throw new IllegalStateException(
          "version of a relationship: " + packed[0] + " (expected: " + VERSION + ")");
    }
    int own = (int) packed[7];
    return new RelationshipState(
        packed[1],
        packed[2],
        packed[3],
        packed[4],
        packed[5],
        packed[6],
        records(packed, HEAD, HEAD + own),
        records(packed, HEAD + own, packed.length));
  }

  private static List<Long> records(long[] packed, int from, int to) {
    return Arrays.stream(packed, from, to).boxed().toList();
  }
}
