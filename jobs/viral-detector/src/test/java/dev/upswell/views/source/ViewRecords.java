package dev.upswell.views.source;

import dev.upswell.contract.events.View;
import dev.upswell.views.decode.ViewDecoder;
import java.time.InstantSource;

/** Records as the source makes them, which keeps their making to its package. */
public final class ViewRecords {
  private static final ViewDecoder DECODER = new ViewDecoder(InstantSource.system());

  private ViewRecords() {}

  /** A view that was read. */
  public static ViewRecord of(View view, boolean late) {
    ViewRecord record = new ViewRecord();
    byte[] bytes = view.toByteArray();
    DECODER
        .decode(bytes, record.view())
        .ifPresent(
            wrong -> {
              throw new AssertionError(wrong.toString());
            });
    record.isView(bytes);
    if (late) {
      record.cameAfterClosing();
    }
    return record;
  }
}
