package dev.upswell.local.check;

import dev.upswell.local.feed.FeedClient;
import dev.upswell.local.feed.FeedClient.Walk;
import dev.upswell.local.feed.FeedPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Reads feeds to their ends and compares them with the ledger. */
public final class FeedComparison {
  private static final int AT_A_TIME = 32;
  private static final int SHOWN = 5;

  private final FeedClient client;
  private final Ledger ledger;
  private final Map<Long, Walk> walks = new TreeMap<>();

  /** Reads with the client. */
  public FeedComparison(FeedClient client, Ledger ledger) {
    this.client = client;
    this.ledger = ledger;
  }

  /**
   * Reads the feeds until all are correct or the time is over, because the last pushes may be
   * pending.
   *
   * @return one outcome for missing entries, and one for each kind of forbidden entries
   */
  public List<Outcome> compare(Collection<Long> viewers, Duration limit) {
    long start = System.nanoTime();
    read(viewers);
    List<Long> different = different(viewers);
    while (!different.isEmpty() && System.nanoTime() - start < limit.toNanos()) {
      read(different);
      different = different(different);
    }
    return List.of(feeds(different), removed(), parted());
  }

  private void read(Collection<Long> viewers) {
    List<Long> waiting = new ArrayList<>(viewers);
    for (int from = 0; from < waiting.size(); from += AT_A_TIME) {
      List<CompletableFuture<Walk>> some =
          waiting.subList(from, Math.min(from + AT_A_TIME, waiting.size())).stream()
              .map(client::walk)
              .toList();
      for (CompletableFuture<Walk> walk : some) {
        try {
          Walk done = walk.join();
          // The first read decides whether the feed was warm, because reading warms it.
          boolean warm = walks.getOrDefault(done.userId(), done).warm();
          walks.put(done.userId(), new Walk(done.userId(), done.entries(), warm));
        } catch (CompletionException e) {
          throw new IllegalStateException("a feed cannot be read: " + e.getCause(), e);
        }
      }
    }
  }

  private List<Long> different(Collection<Long> viewers) {
    return viewers.stream()
        .filter(viewer -> !walk(viewer).entries().equals(ledger.feed(viewer)))
        .toList();
  }

  private Walk walk(long viewer) {
    Walk walk = walks.get(viewer);
    if (walk == null) {
      throw new IllegalStateException("the feed of " + viewer + " was not read");
    }
    return walk;
  }

  private Outcome feeds(List<Long> different) {
    int entries = walks.values().stream().mapToInt(walk -> walk.entries().size()).sum();
    long warm = walks.values().stream().filter(Walk::warm).count();
    if (different.isEmpty()) {
      return new Outcome(
          "feeds",
          "%,d viewers, %,d entries equal the model; %,d were served warm"
              .formatted(walks.size(), entries, warm),
          entries == 0 ? List.of("all feeds are empty: nothing was compared") : List.of());
    }
    return new Outcome(
        "feeds",
        "%,d of %,d viewers see something else than the model"
            .formatted(different.size(), walks.size()),
        different.stream().limit(SHOWN).map(this::difference).toList());
  }

  private String difference(long viewer) {
    List<FeedPage.Entry> expected = ledger.feed(viewer);
    List<FeedPage.Entry> actual = walk(viewer).entries();
    int at = 0;
    while (at < Math.min(expected.size(), actual.size())
        && expected.get(at).equals(actual.get(at))) {
      at++;
    }
    return "viewer %d: entry %d is %s (expected: %s); %d entries (expected: %d), warm: %s"
        .formatted(
            viewer,
            at,
            at < actual.size() ? actual.get(at) : "missing",
            at < expected.size() ? expected.get(at) : "none",
            actual.size(),
            expected.size(),
            walk(viewer).warm());
  }

  private Outcome removed() {
    List<String> shown = new ArrayList<>();
    for (Walk walk : walks.values()) {
      for (FeedPage.Entry entry : walk.entries()) {
        if (ledger.removed().contains(entry.videoId())) {
          shown.add("viewer " + walk.userId() + " sees " + entry);
        }
      }
    }
    return new Outcome(
        "removed videos",
        "%,d removed, shown %,d times".formatted(ledger.removed().size(), shown.size()),
        shown.stream().limit(SHOWN).toList());
  }

  private Outcome parted() {
    var parted = ledger.parted();
    List<String> shown = new ArrayList<>();
    for (Walk walk : walks.values()) {
      for (FeedPage.Entry entry : walk.entries()) {
        if (parted.contains(new Ledger.Pair(walk.userId(), entry.creatorId()))) {
          shown.add("viewer " + walk.userId() + " sees " + entry);
        }
      }
    }
    return new Outcome(
        "unfollowed and blocked creators",
        "%,d pairs of viewer and creator, videos shown %,d times"
            .formatted(parted.size(), shown.size()),
        shown.stream().limit(SHOWN).toList());
  }
}
