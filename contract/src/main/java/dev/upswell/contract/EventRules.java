package dev.upswell.contract;

import dev.upswell.contract.events.Control;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Impression;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Upload;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import java.util.List;

/** Rules of each event type, field by field in the order of {@code events.proto}. */
public final class EventRules {
  private EventRules() {}

  static void upload(Upload upload, EventCheck check) {
    check.id("videoId", upload.getVideoId());
    check.id("creatorId", upload.getCreatorId());
    check.time("uploadedAt", upload.getUploadedAt());
    check.requiredText("objectKey", upload.getObjectKey());
    check.text("caption", upload.getCaption());
    check.hashtags("hashtags", upload.getHashtagsList());
    check.text("category", upload.getCategory());
    check.text("language", upload.getLanguage());
    check.text("region", upload.getRegion());
    check.notNegative("sizeBytes", upload.getSizeBytes());
  }

  static void video(Video video, EventCheck check) {
    check.id("videoId", video.getVideoId());
    check.id("creatorId", video.getCreatorId());
    check.known("type", video.getType(), video.getTypeValue());
    check.time("at", video.getAt());
    check.notNegative("durationMs", video.getDurationMs());
    check.text("caption", video.getCaption());
    check.hashtags("hashtags", video.getHashtagsList());
    check.text("category", video.getCategory());
    check.text("language", video.getLanguage());
    check.text("region", video.getRegion());
    check.text("contentClass", video.getContentClass());
    List<Video.Rendition> renditions = video.getRenditionsList();
    for (int i = 0; i < renditions.size(); i++) {
      rendition("renditions[" + i + "].", renditions.get(i), check);
    }
    check.knownOrUnsaid("visibility", video.getVisibility(), video.getVisibilityValue());
  }

  private static void rendition(String prefix, Video.Rendition rendition, EventCheck check) {
    check.text(prefix + "name", rendition.getName());
    check.notNegative(prefix + "width", rendition.getWidth());
    check.notNegative(prefix + "height", rendition.getHeight());
    check.notNegative(prefix + "kbps", rendition.getKbps());
    check.text(prefix + "codec", rendition.getCodec());
    check.text(prefix + "objectKey", rendition.getObjectKey());
    check.notNegative(prefix + "sizeBytes", rendition.getSizeBytes());
  }

  static void view(View view, EventCheck check) {
    check.id("viewerId", view.getViewerId());
    check.id("videoId", view.getVideoId());
    check.id("creatorId", view.getCreatorId());
    check.time("viewedAt", view.getViewedAt());
    check.notNegative("watchMs", view.getWatchMs());
    check.notNegative("durationMs", view.getDurationMs());
    check.text("eventId", view.getEventId());
    check.text("region", view.getRegion());
    check.text("device", view.getDevice());
    check.text("surface", view.getSurface());
    check.text("impressionId", view.getImpressionId());
  }

  static void engagement(Engagement engagement, EventCheck check) {
    check.id("viewerId", engagement.getViewerId());
    check.id("videoId", engagement.getVideoId());
    check.id("creatorId", engagement.getCreatorId());
    check.known("type", engagement.getType(), engagement.getTypeValue());
    check.time("at", engagement.getAt());
    check.text("eventId", engagement.getEventId());
    check.text("impressionId", engagement.getImpressionId());
  }

  static void follow(Follow follow, EventCheck check) {
    check.id("followerId", follow.getFollowerId());
    check.id("followeeId", follow.getFolloweeId());
    check.differ("followeeId", follow.getFolloweeId(), "followerId", follow.getFollowerId());
    check.known("type", follow.getType(), follow.getTypeValue());
    check.time("at", follow.getAt());
  }

  static void session(Session session, EventCheck check) {
    check.id("userId", session.getUserId());
    check.time("at", session.getAt());
    check.text("device", session.getDevice());
    check.text("region", session.getRegion());
  }

  static void control(Control control, EventCheck check) {
    check.requiredText("job", control.getJob());
    check.known("type", control.getType(), control.getTypeValue());
    check.time("at", control.getAt());
    check.notNegative("pullAbove", control.getPullAbove());
    check.notNegative("perSecond", control.getPerSecond());
  }

  static void impression(Impression impression, EventCheck check) {
    check.requiredText("impressionId", impression.getImpressionId());
    check.id("userId", impression.getUserId());
    check.id("videoId", impression.getVideoId());
    check.notNegative("position", impression.getPosition());
    check.time("servedAt", impression.getServedAt());
    check.text("modelVersion", impression.getModelVersion());
    check.finite("features", impression.getFeaturesList());
    check.texts("sources", impression.getSourcesList());
    check.probability("propensity", impression.getPropensity());
  }
}
