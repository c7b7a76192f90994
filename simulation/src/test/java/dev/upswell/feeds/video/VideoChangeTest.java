package dev.upswell.feeds.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.VideoState;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.Video.Visibility;
import dev.upswell.feeds.video.VideoChange.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class VideoChangeTest {
  private static final long CREATOR = 7;
  private static final long OTHER = 8;

  private VideoState state = VideoState.UNKNOWN;

  private List<VideoChange> read(Video record) {
    List<VideoChange> changes = VideoChange.of(state, record);
    state = state.after(record);
    return changes;
  }

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
    return published(creatorId, at, Visibility.PUBLIC).toBuilder()
        .setType(Video.Type.REMOVED)
        .build();
  }

  private List<Kind> kinds(Video record) {
    return read(record).stream().map(VideoChange::kind).toList();
  }

  @Test
  void videoIsShownOnce() {
    assertThat(kinds(published(CREATOR, 1, Visibility.PUBLIC))).containsExactly(Kind.SHOWN);
    assertThat(kinds(published(CREATOR, 2, Visibility.PUBLIC))).containsExactly(Kind.UPDATED);
    assertThat(kinds(published(CREATOR, 2, Visibility.FOLLOWERS))).containsExactly(Kind.UPDATED);
  }

  @Test
  void privateVideoIsShownWhenItBecomesVisible() {
    assertThat(kinds(published(CREATOR, 1, Visibility.PRIVATE))).containsExactly(Kind.HIDDEN);
    assertThat(kinds(published(CREATOR, 2, Visibility.FOLLOWERS))).containsExactly(Kind.SHOWN);
  }

  @Test
  void outdatedPublicationHasNoEffect() {
    read(published(CREATOR, 2, Visibility.PRIVATE));

    assertThat(read(published(CREATOR, 1, Visibility.PUBLIC))).isEmpty();
  }

  @Test
  void publicationAfterTheRemovalHasNoEffect() {
    assertThat(kinds(removed(CREATOR, 1))).containsExactly(Kind.REMOVED);
    assertThat(read(published(CREATOR, 2, Visibility.PUBLIC))).isEmpty();
  }

  @Test
  void removalThatNamesAnotherCreatorChangesTheOutboxOfTheOwner() {
    read(published(CREATOR, 1, Visibility.PUBLIC));

    assertThat(read(removed(OTHER, 2)))
        .singleElement()
        .matches(change -> change.kind() == Kind.REMOVED && change.creatorId() == CREATOR);
  }

  @Test
  void laterPublicationByAnotherCreatorIsInNoOutbox() {
    read(published(CREATOR, 1, Visibility.PUBLIC));

    assertThat(read(published(OTHER, 2, Visibility.PUBLIC)))
        .singleElement()
        .matches(change -> change.kind() == Kind.LOST && change.creatorId() == OTHER);
    assertThat(state.creatorId()).isEqualTo(CREATOR);
  }

  @Test
  void earlierPublicationByAnotherCreatorTakesTheVideo() {
    read(published(OTHER, 2, Visibility.PUBLIC));

    assertThat(read(published(CREATOR, 1, Visibility.PUBLIC)))
        .satisfiesExactly(
            lost -> {
              assertThat(lost.kind()).isEqualTo(Kind.LOST);
              assertThat(lost.creatorId()).isEqualTo(OTHER);
            },
            shown -> {
              assertThat(shown.kind()).isEqualTo(Kind.SHOWN);
              assertThat(shown.creatorId()).isEqualTo(CREATOR);
            });
  }
}
