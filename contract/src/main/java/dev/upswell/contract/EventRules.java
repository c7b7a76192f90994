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

/**
 * Rules of each event type, field by field in the order of {@code events.proto}, and the normal
 * forms of the words in them.
 */
public final class EventRules {
  private EventRules() {}

  static void upload(Upload upload, EventCheck check) {
    check.timeOrderedId("videoId", upload.getVideoId());
    check.id("creatorId", upload.getCreatorId());
    check.time("uploadedAt", upload.getUploadedAt());
    check.requiredText("objectKey", upload.getObjectKey());
    check.text("caption", upload.getCaption());
    check.hashtags("hashtags", upload.getHashtagsList());
    check.word("category", upload.getCategory());
    check.language("language", upload.getLanguage());
    check.region("region", upload.getRegion());
    check.notNegative("sizeBytes", upload.getSizeBytes());
  }

  /** The same upload, with its words in normal form. */
  static Upload normalized(Upload upload) {
    String category = Vocabulary.word(upload.getCategory());
    String region = Vocabulary.region(upload.getRegion());
    return category.equals(upload.getCategory()) && region.equals(upload.getRegion())
        ? upload
        : upload.toBuilder().setCategory(category).setRegion(region).build();
  }

  static void video(Video video, EventCheck check) {
    check.timeOrderedId("videoId", video.getVideoId());
    check.id("creatorId", video.getCreatorId());
    check.known("type", video.getType(), video.getTypeValue());
    check.time("at", video.getAt());
    check.notNegative("durationMs", video.getDurationMs());
    check.text("caption", video.getCaption());
    check.hashtags("hashtags", video.getHashtagsList());
    check.word("category", video.getCategory());
    check.language("language", video.getLanguage());
    check.region("region", video.getRegion());
    check.text("contentClass", video.getContentClass());
    List<Video.Rendition> renditions = video.getRenditionsList();
    for (int i = 0; i < renditions.size(); i++) {
      rendition("renditions[" + i + "].", renditions.get(i), check);
    }
    check.knownOrUnsaid("visibility", video.getVisibility(), video.getVisibilityValue());
  }

  /** The same video, with its words in normal form. */
  static Video normalized(Video video) {
    String category = Vocabulary.word(video.getCategory());
    String region = Vocabulary.region(video.getRegion());
    return category.equals(video.getCategory()) && region.equals(video.getRegion())
        ? video
        : video.toBuilder().setCategory(category).setRegion(region).build();
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
    check.region("region", view.getRegion());
    check.word("device", view.getDevice());
    check.text("surface", view.getSurface());
    check.text("impressionId", view.getImpressionId());
  }

  /** The same view, with its words in normal form. */
  static View normalized(View view) {
    String device = Vocabulary.word(view.getDevice());
    String region = Vocabulary.region(view.getRegion());
    return device.equals(view.getDevice()) && region.equals(view.getRegion())
        ? view
        : view.toBuilder().setDevice(device).setRegion(region).build();
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
    check.word("device", session.getDevice());
    check.region("region", session.getRegion());
  }

  /** The same session, with its words in normal form. */
  static Session normalized(Session session) {
    String device = Vocabulary.word(session.getDevice());
    String region = Vocabulary.region(session.getRegion());
    return device.equals(session.getDevice()) && region.equals(session.getRegion())
        ? session
        : session.toBuilder().setDevice(device).setRegion(region).build();
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
