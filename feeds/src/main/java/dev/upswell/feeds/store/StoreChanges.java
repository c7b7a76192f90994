package dev.upswell.feeds.store;

/** Listener for the invalidations of a store with tracking. Called by the threads of the store. */
public interface StoreChanges {
  /** Listener without effect. */
  StoreChanges NONE =
      new StoreChanges() {
        @Override
        public void videoChanged(long videoId) {}

        @Override
        public void followingChanged(long userId) {}
      };

  /** Handles that the data of a video has changed since it was read. */
  void videoChanged(long videoId);

  /** Handles that the following or a tombstone of a user has changed since it was read. */
  void followingChanged(long userId);
}
