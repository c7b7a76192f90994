package dev.upswell.feeds.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.FeedReadOptions;
import dev.upswell.feeds.SteppingClock;
import dev.upswell.feeds.store.VideoVisibility;
import dev.upswell.feeds.video.VideoWrite;
import dev.upswell.simulation.memory.MemoryFeedStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisibilityCacheTest {
  private static final long CREATOR = 9;
  private static final long T0 = 1_780_000_000_000L;

  private final MemoryFeedStore store = new MemoryFeedStore(FeedOptions.DEFAULT);
  private final SteppingClock clock = new SteppingClock();
  private final VisibilityCache videos = cache(Duration.ofSeconds(2), Duration.ZERO);

  private VisibilityCache cache(Duration ttl, Duration maxLag) {
    return new VisibilityCache(
        store, new FeedReadOptions(Duration.ofSeconds(1), ttl, 0, maxLag), clock::nanos);
  }

  private void publish(long id, Video.Visibility visibility, long at) {
    store
        .write(
            VideoWrite.of(
                Video.newBuilder()
                    .setVideoId(id)
                    .setCreatorId(CREATOR)
                    .setType(Video.Type.PUBLISHED)
                    .setVisibility(visibility)
                    .setAt(at)
                    .build()))
        .join();
  }

  private List<Long> visible(long id) {
    return videos.of(List.of(new FeedEntry(id, CREATOR))).join().stream()
        .map(FeedEntry::videoId)
        .toList();
  }

  @Test
  void visibilitiesAreInTheOrderOfTheRequest() {
    publish(1, Video.Visibility.PUBLIC, T0);
    publish(2, Video.Visibility.FOLLOWERS, T0);
    publish(3, Video.Visibility.PRIVATE, T0);
    visible(2);

    List<VideoVisibility> found = videos.of(new long[] {4, 3, 2, 1}).join();

    assertThat(found)
        .extracting(VideoVisibility::isPublic)
        .containsExactly(false, false, false, true);
    assertThat(found)
        .extracting(VideoVisibility::isVisibleToFollowers)
        .containsExactly(false, false, true, true);
    assertThat(found).extracting(VideoVisibility::creatorId).containsExactly(0L, 9L, 9L, 9L);
  }

  @Test
  void videosFoundHiddenAreKnownUntilTheyAreFoundVisible() {
    publish(1, Video.Visibility.PUBLIC, T0);
    assertThat(visible(1)).containsExactly(1L);
    assertThat(videos.isKnownAsHidden(1)).isFalse();
    assertThat(videos.isKnownAsHidden(2)).as("never read").isFalse();

    publish(1, Video.Visibility.PRIVATE, T0 + 1);
    clock.pass(Duration.ofSeconds(2));
    assertThat(visible(1)).isEmpty();
    assertThat(videos.isKnownAsHidden(1)).isTrue();

    publish(1, Video.Visibility.PUBLIC, T0 + 2);
    assertThat(visible(1)).as("hidden videos are queried each time").containsExactly(1L);
    assertThat(videos.isKnownAsHidden(1)).isFalse();
  }

  @Test
  void changedVideosAreHiddenInOutagesUntilTheyAreRead() {
    publish(1, Video.Visibility.PUBLIC, T0);
    visible(1);

    videos.changed(1);

    assertThat(videos.isKnownAsHidden(1)).isTrue();
    assertThat(visible(1)).containsExactly(1L);
    assertThat(videos.isKnownAsHidden(1)).isFalse();
  }

  @Test
  void hiddenVideosOfOtherReadsAreKnown() {
    publish(1, Video.Visibility.PUBLIC, T0);
    visible(1);

    videos.foundHidden(1);

    assertThat(videos.isKnownAsHidden(1)).isTrue();
  }
}
