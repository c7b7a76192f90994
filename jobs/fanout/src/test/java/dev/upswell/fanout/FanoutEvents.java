package dev.upswell.fanout;

import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;

/** Builds the input events of the job. */
final class FanoutEvents {
  private FanoutEvents() {}

  static Video video(long creator, long id, Video.Type type, long at) {
    return Video.newBuilder().setVideoId(id).setCreatorId(creator).setType(type).setAt(at).build();
  }

  static Follow follow(long follower, long followee, Follow.Type type, long at) {
    return Follow.newBuilder()
        .setFollowerId(follower)
        .setFolloweeId(followee)
        .setType(type)
        .setAt(at)
        .build();
  }

  static Session session(long user, long at) {
    return Session.newBuilder().setUserId(user).setAt(at).build();
  }
}
