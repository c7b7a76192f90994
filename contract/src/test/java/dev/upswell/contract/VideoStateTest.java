package dev.upswell.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.Video.Visibility;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class VideoStateTest {
  private static final long CREATOR = 7;
  private static final long OTHER = 8;

  private static Video published(long creatorId, long at, Visibility visibility) {
    return Video.newBuilder()
        .setVideoId(1)
        .setCreatorId(creatorId)
        .setType(Video.Type.PUBLISHED)
        .setAt(at)
        .setVisibility(visibility)
        .build();
  }

  private static Video removed(long creatorId, long at) {
    return Video.newBuilder()
        .setVideoId(1)
        .setCreatorId(creatorId)
        .setType(Video.Type.REMOVED)
        .setAt(at)
        .build();
  }

  private static VideoState after(Video... records) {
    VideoState state = VideoState.UNKNOWN;
    for (Video video : records) {
      state = state.after(video);
    }
    return state;
  }

  @Test
  void videoWithoutPublicationIsUnknown() {
    assertThat(VideoState.UNKNOWN.isKnown()).isFalse();
    assertThat(VideoState.UNKNOWN.isPublic()).isFalse();
    assertThat(VideoState.UNKNOWN.isVisibleToFollowers()).isFalse();
  }

  @Test
  void unspecifiedVisibilityIsPublic() {
    assertThat(after(published(CREATOR, 1, Visibility.VISIBILITY_UNSPECIFIED)).isPublic()).isTrue();
  }

  @Test
  void videoForFollowersIsNotPublic() {
    VideoState state = after(published(CREATOR, 1, Visibility.FOLLOWERS));

    assertThat(state.isPublic()).isFalse();
    assertThat(state.isVisibleToFollowers()).isTrue();
  }

  @Test
  void laterVisibilityCountsWhateverArrivesLast() {
    VideoState state =
        after(published(CREATOR, 2, Visibility.PRIVATE), published(CREATOR, 1, Visibility.PUBLIC));

    assertThat(state.isVisibleToFollowers()).isFalse();
    assertThat(state.publishedAt()).isEqualTo(2);
  }

  @Test
  void ofTwoRecordsWithOneTimeTheLaterArrivalCounts() {
    VideoState state =
        after(published(CREATOR, 1, Visibility.PUBLIC), published(CREATOR, 1, Visibility.PRIVATE));

    assertThat(state.isPublic()).isFalse();
  }

  @Test
  void removalBeforePublicationCounts() {
    VideoState state = after(removed(CREATOR, 1), published(CREATOR, 2, Visibility.PUBLIC));

    assertThat(state.isKnown()).isTrue();
    assertThat(state.isPublic()).isFalse();
    assertThat(state.isVisibleToFollowers()).isFalse();
  }

  @Test
  void removalThatNamesAnotherCreatorCounts() {
    VideoState state = after(published(CREATOR, 1, Visibility.PUBLIC), removed(OTHER, 2));

    assertThat(state.isRemoved()).isTrue();
    assertThat(state.creatorId()).isEqualTo(CREATOR);
  }

  @Test
  void publicationByAnotherCreatorHasNoEffect() {
    VideoState state = after(published(CREATOR, 1, Visibility.PUBLIC));

    assertThat(state.after(published(OTHER, 2, Visibility.PRIVATE))).isSameAs(state);
  }

  @Test
  void earlierPublicationDecidesTheCreatorWhateverArrivesFirst() {
    Video first = published(CREATOR, 1, Visibility.PUBLIC);
    Video second = published(OTHER, 2, Visibility.PRIVATE);

    assertThat(after(first, second)).isEqualTo(after(second, first));
    assertThat(after(second, first).creatorId()).isEqualTo(CREATOR);
  }

  @Test
  void publicationTimeIsThatOfTheFirstPublication() {
    VideoState state =
        after(
            published(CREATOR, 5, Visibility.PUBLIC).toBuilder().setCategory("comedy").build(),
            published(CREATOR, 9, Visibility.PUBLIC).toBuilder().setCategory("sports").build());

    assertThat(state.publishedAt()).isEqualTo(5);
    assertThat(state.at()).isEqualTo(9);
    assertThat(state.category()).isEqualTo("sports");
  }

  @Test
  void repeatedRecordHasNoEffect() {
    Video video = published(CREATOR, 1, Visibility.FOLLOWERS);
    Video removal = removed(CREATOR, 2);
    VideoState state = after(video, removal);

    assertThat(state.after(video)).isEqualTo(state);
    assertThat(state.after(removal)).isSameAs(state);
  }

  @Property
  void recordsOfTwoPartitionsGiveTheSameStateInAnyOrder(
      @ForAll("oneRecordOf7") Video own,
      @ForAll("recordsOf8") List<Video> foreign,
      @ForAll int seed) {
    List<Video> ownFirst = new ArrayList<>(List.of(own));
    ownFirst.addAll(foreign);
    List<Video> between = new ArrayList<>(foreign);
    between.add(Math.floorMod(seed, foreign.size() + 1), own);

    assertThat(after(between.toArray(Video[]::new)))
        .isEqualTo(after(ownFirst.toArray(Video[]::new)));
  }

  @Provide
  Arbitrary<Video> oneRecordOf7() {
    return records(7).map(video -> video.toBuilder().setAt(3).build());
  }

  /** In one partition, so in the order of their times. */
  @Provide
  Arbitrary<List<Video>> recordsOf8() {
    return records(8)
        .list()
        .ofMaxSize(1)
        .map(list -> list.stream().map(video -> video.toBuilder().build()).toList());
  }

  private static Arbitrary<Video> records(long creatorId) {
    return Combinators.combine(
            Arbitraries.longs().between(1, 6),
            Arbitraries.of(Visibility.PUBLIC, Visibility.FOLLOWERS, Visibility.PRIVATE),
            Arbitraries.of(true, false))
        .as(
            (at, visibility, isRemoval) ->
                isRemoval ? removed(creatorId, at) : published(creatorId, at, visibility));
  }

  @Test
  void packedFormRoundTrips() {
    Video video =
        published(CREATOR, 5, Visibility.FOLLOWERS).toBuilder().setCategory("naïve").build();

    for (VideoState state :
        List.of(VideoState.UNKNOWN, after(video), after(video, removed(OTHER, 6)))) {
      assertThat(VideoState.fromBytes(state.toBytes())).isEqualTo(state);
    }
  }

  @Test
  void packedFormOfAnotherVersionIsRejected() {
    byte[] packed = VideoState.UNKNOWN.toBytes();
    packed[0] = 9;

    assertThatThrownBy(() -> VideoState.fromBytes(packed))
        .hasMessage("version of a video state: 9 (expected: 1)");
  }
}
