package dev.upswell.fanout.viewer;

import dev.upswell.fanout.FanoutTypes;
import dev.upswell.fanout.acknowledgement.EdgeAcknowledgementInput;
import dev.upswell.fanout.creator.CreatorInput;
import dev.upswell.feeds.viewer.ViewerChange;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Emits the edges of an acknowledged change to creators, and announces the expected
 * acknowledgements.
 */
public final class EdgesFunction extends ProcessFunction<ViewerChange, CreatorInput> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<EdgeAcknowledgementInput> ANNOUNCEMENTS =
      new OutputTag<>("announcements", FanoutTypes.ACKNOWLEDGEMENT_INPUT);

  @Override
  public void processElement(ViewerChange change, Context context, Collector<CreatorInput> out) {
    long userId = change.userId();
    long epoch = change.following().epoch();
    if (change.added().length > 0 || change.allAcknowledged()) {
      context.output(
          ANNOUNCEMENTS,
          new EdgeAcknowledgementInput.Announced(userId, epoch, change.added().length));
    }
    for (long creatorId : change.gained()) {
      out.collect(new CreatorInput.Counted(creatorId, 1));
    }
    for (long creatorId : change.lost()) {
      out.collect(new CreatorInput.Counted(creatorId, -1));
    }
    for (long creatorId : change.added()) {
      out.collect(new CreatorInput.Joined(creatorId, userId, epoch));
    }
    for (long creatorId : change.removed()) {
      out.collect(new CreatorInput.Left(creatorId, userId));
    }
  }
}
