package dev.upswell.local.tiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import dev.upswell.local.feed.FakeApi;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TierClientTest {
  private FakeApi api;
  private TierClient client;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    client = new TierClient(api.url());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void statsHaveViewsTierAndReason() {
    api.on("/v1/videos/1/stats", 200, "{\"views\":9,\"tier\":\"EDGE\",\"reason\":\"VIRAL\"}");
    api.on("/v1/videos/2/stats", 200, "{\"views\":0,\"tier\":\"ORIGIN\"}");
    assertThat(client.stats(1).join()).isEqualTo(new TierClient.Stats(9, Tier.EDGE, Reason.VIRAL));
    assertThat(client.stats(2).join())
        .isEqualTo(new TierClient.Stats(0, Tier.ORIGIN, Reason.REASON_UNSPECIFIED));
  }

  @Test
  void absentThresholdIsTheMaximumNumber() {
    api.on(
        "/v1/tiers?limit=1",
        200,
        "{\"at\":\"1970-01-01T00:00:59.999Z\",\"counts\":{\"active\":30,\"edge\":1,\"regional\":2},"
            + "\"thresholds\":{\"regionalFrom\":5}}");
    assertThat(client.overview().join())
        .isEqualTo(new TierClient.Overview(59_999, 30, 1, 2, Integer.MAX_VALUE, 5));
  }

  @Test
  void invalidResponseIsReported() {
    assertThatThrownBy(() -> client.overview().join())
        .hasMessageContaining("/v1/tiers?limit=1 says 404");
  }
}
