package dev.upswell.local.check;

import com.google.protobuf.Message;
import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.local.events.EventSink;
import java.util.Locale;

/**
 * Passes events on as apps and services of all kinds send them: videos for followers, published
 * again or removed before their publication, views that name a wrong creator or write words in
 * another case, and follows of devices with different clocks. Every ledger behind this sink knows
 * what is right. Not thread-safe.
 */
public final class OddEvents implements EventSink {
  private static final long BEHIND_MILLIS = 30_000;

  private final EventSink next;
  private long videos;
  private long views;
  private long follows;

  /** Passes events on to the next. */
  public OddEvents(EventSink next) {
    this.next = next;
  }

  @Override
  public <T extends Message> void send(EventType<T> type, T event) {
    if (event instanceof Video video && video.getType() == Video.Type.PUBLISHED) {
      publish(video);
    } else if (event instanceof View view) {
      next.send(EventType.VIEWS, odd(view));
    } else {
      next.send(type, event);
      if (event instanceof Follow follow && follow.getType() == Follow.Type.FOLLOW) {
        changeMind(follow);
      }
    }
  }

  private void publish(Video video) {
    switch ((int) (++videos % 50)) {
      case 7, 29 -> next.send(EventType.VIDEOS, visible(video, Video.Visibility.FOLLOWERS));
      case 13 -> {
        next.send(EventType.VIDEOS, visible(video, Video.Visibility.PRIVATE));
        next.send(EventType.VIDEOS, video.toBuilder().setAt(video.getAt() + 1).build());
      }
      case 17 -> next.send(EventType.VIDEOS, visible(video, Video.Visibility.PRIVATE));
      case 23 -> {
        next.send(EventType.VIDEOS, removal(video, video.getCreatorId() + 1));
        next.send(EventType.VIDEOS, video);
      }
      case 31 -> {
        next.send(EventType.VIDEOS, video);
        next.send(EventType.VIDEOS, video.toBuilder().setCaption("again").build());
        next.send(EventType.VIDEOS, video.toBuilder().setAt(video.getAt() + 1).build());
      }
      default -> next.send(EventType.VIDEOS, video);
    }
  }

  private static Video visible(Video video, Video.Visibility visibility) {
    return video.toBuilder().setVisibility(visibility).build();
  }

  private static Video removal(Video video, long creatorId) {
    return Video.newBuilder()
        .setVideoId(video.getVideoId())
        .setCreatorId(creatorId)
        .setType(Video.Type.REMOVED)
        .setAt(video.getAt())
        .build();
  }

  private View odd(View view) {
    return switch ((int) (++views % 20)) {
      case 3 -> view.toBuilder().setCreatorId(view.getCreatorId() + 1).build();
      case 11 ->
          view.toBuilder()
              .setRegion(view.getRegion().toLowerCase(Locale.ROOT))
              .setDevice(view.getDevice().toUpperCase(Locale.ROOT))
              .build();
      default -> view;
    };
  }

  /** Unfollows within the same millisecond, and follows again on a device with a slower clock. */
  private void changeMind(Follow follow) {
    if (++follows % 10 == 0) {
      next.send(EventType.FOLLOWS, follow.toBuilder().setType(Follow.Type.UNFOLLOW).build());
      next.send(
          EventType.FOLLOWS, follow.toBuilder().setAt(follow.getAt() - BEHIND_MILLIS).build());
    }
  }
}
