package dev.upswell.benchmarks.wasted;

import com.google.protobuf.Message;
import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.audience.Audience;
import dev.upswell.feeds.pull.PullHysteresis;
import dev.upswell.feeds.redis.FeedPushWriter;
import dev.upswell.feeds.viewer.RelationshipEvent;
import dev.upswell.feeds.viewer.ViewerChange;
import dev.upswell.feeds.viewer.ViewerTransitions;
import dev.upswell.local.events.EventSink;
import dev.upswell.simulation.memory.MemoryAudience;
import dev.upswell.simulation.memory.MemoryViewer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Applies events to feeds as the job does, with its decisions about viewers and audiences, at once
 * and in one thread. A user reads a page with each session and after every twenty views.
 */
final class App implements EventSink {
  private static final int PAGE = 20;
  private static final Duration ACTIVE = Duration.ofHours(24);
  private static final PullHysteresis PULL = new PullHysteresis(1_000, Duration.ofHours(25));
  private static final Audience BLOCKS = new Audience(1_024);

  private final FeedOptions settings;
  private final HeldFeed.Fates fates = new HeldFeed.Fates();
  private final ViewerTransitions viewer;
  private final Map<Long, User> users = new HashMap<>();
  private final Map<Long, Publisher> publishers = new HashMap<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
  private boolean counts;
  private long followers;

  /** Time at which a viewer's state may change. */
  private record Due(long at, long userId) {}

  private static final class User {
    private final MemoryViewer state = new MemoryViewer();
    private final HeldFeed feed;
    private int views;

    User(HeldFeed feed) {
      this.feed = feed;
    }
  }

  private static final class Publisher {
    private final MemoryAudience audience = new MemoryAudience();
    private long followers;
    private int videos;
  }

  App(FeedOptions settings, long seed) {
    this.settings = settings;
    SplittableRandom epochs = new SplittableRandom(seed);
    this.viewer = new ViewerTransitions(ACTIVE, PULL, () -> epochs.nextLong(1, Long.MAX_VALUE));
  }

  /** Sets whether pushes count from now on. */
  void count(boolean whether) {
    counts = whether;
  }

  /** Returns the results of counted pushes; unread ones count as lost. */
  HeldFeed.Fates fates() {
    users.values().forEach(user -> user.feed.drop());
    return fates;
  }

  /** Followers of the videos that count, whether they were pushed to or not. */
  long followers() {
    return followers;
  }

  private User user(long id) {
    return users.computeIfAbsent(id, unknown -> new User(new HeldFeed(settings, fates)));
  }

  private Publisher publisher(long id) {
    return publishers.computeIfAbsent(id, unknown -> new Publisher());
  }

  @Override
  public <T extends Message> void send(EventType<T> type, T event) {
    if (event instanceof View view) {
      view(view);
    } else if (event instanceof Session session) {
      open(session);
    } else if (event instanceof Follow follow) {
      follow(follow);
    } else if (event instanceof Video video && video.getType() == Video.Type.PUBLISHED) {
      publish(video);
    }
  }

  // ---- Viewers

  private void follow(Follow follow) {
    passTo(follow.getAt());
    for (RelationshipEvent relation : RelationshipEvent.of(follow)) {
      User user = user(relation.userId());
      long before = viewer.nextTime(user.state);
      apply(user, viewer.onRelation(user.state, relation, follow.getAt()));
      remind(relation.userId(), user, before);
    }
  }

  private void open(Session session) {
    passTo(session.getAt());
    User user = user(session.getUserId());
    long before = viewer.nextTime(user.state);
    Optional<ViewerChange> change =
        viewer.onSession(user.state, session.getUserId(), session.getAt(), session.getAt());
    change.ifPresent(changed -> apply(user, changed));
    remind(session.getUserId(), user, before);
    read(user, session.getAt());
  }

  private void view(View view) {
    passTo(view.getViewedAt());
    User user = user(view.getViewerId());
    if (++user.views % PAGE == 0) {
      read(user, view.getViewedAt());
    }
  }

  private void read(User user, long now) {
    if (ViewerTransitions.isInAudiences(user.state)) {
      int videos = 1;
      for (long followee : user.state.followees()) {
        videos += publisher(followee).videos;
      }
      user.feed.read(now, videos);
    }
  }

  private void remind(long userId, User user, long before) {
    long next = viewer.nextTime(user.state);
    if (next < before) {
      due.add(new Due(next, userId));
    }
  }

  /** Runs the timers that are due. */
  private void passTo(long now) {
    while (!due.isEmpty() && due.element().at() <= now) {
      Due next = due.remove();
      User user = user(next.userId());
      viewer.onTime(user.state, next.userId(), next.at()).ifPresent(change -> apply(user, change));
      long again = viewer.nextTime(user.state);
      if (again < Long.MAX_VALUE) {
        due.add(new Due(again, next.userId()));
      }
    }
  }

  private void apply(User user, ViewerChange change) {
    for (long creator : change.gained()) {
      publisher(creator).followers++;
    }
    for (long creator : change.lost()) {
      publisher(creator).followers--;
    }
    for (long creator : change.added()) {
      BLOCKS.add(publisher(creator).audience, change.userId());
    }
    for (long creator : change.removed()) {
      Audience.remove(publisher(creator).audience, change.userId());
    }
    if (change.withdrawn() || change.added().length > 0) {
      // A viewer's new epoch begins with a new feed.
      user.feed.drop();
    }
  }

  // ---- Creators

  private void publish(Video video) {
    passTo(video.getAt());
    Publisher creator = publisher(video.getCreatorId());
    creator.videos = Math.min(settings.outboxEntries(), creator.videos + 1);
    followers += counts ? creator.followers : 0;
    long after = 0;
    for (long[] members = Audience.next(creator.audience, after);
        members.length > 0;
        members = Audience.next(creator.audience, after)) {
      for (long member : members) {
        boolean renewed = FeedPushWriter.renews(video.getVideoId(), member);
        user(member).feed.push(video.getAt(), renewed, counts);
      }
      after = members[members.length - 1];
    }
  }
}
