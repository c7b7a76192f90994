package dev.upswell.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Goal HALF = Goal.ratioAtMost(0.5);
  private static final Row COMPARED =
      Row.of("reading", "ns", Samples.of(30, 10, 20))
          .beside("Rival", Samples.of(60, 40, 50))
          .to(HALF);
  private static final Row ALONE = Row.of("jar", "MB", Samples.of(45.25)).to(Goal.atMost(40));

  @Test
  void tableHasMediansSpreadRatioAndGoal() {
    assertThat(Report.table(List.of(COMPARED, ALONE)))
        .isEqualTo(
            """
            FIGURE   UNIT  OURS  (MIN..MAX)  BESIDE  THEIRS  (MIN..MAX)  RATIO  GOAL
            reading  ns    20    (10..30)    Rival   50      (40..60)    0.400  ratio <= 0.500, met
            jar      MB    45.3              -       -       -           -      <= 40, MISSED
            """);
  }

  @Test
  void goalIsMetAtItsBound() {
    Row reached = COMPARED.to(Goal.ratioAtLeast(0.4));

    assertThat(reached.isGoalMet()).hasValue(true);
    assertThat(reached.to(Goal.ratioAtLeast(0.41)).isGoalMet()).hasValue(false);
    assertThat(ALONE.to(Goal.atLeast(45.25)).isGoalMet()).hasValue(true);
    assertThat(Goal.ratioAtLeast(10)).hasToString("ratio >= 10");
  }

  @Test
  void ratioIsTheMedianOfTheRounds() {
    Row row = Row.of("x", "ns", Samples.of(1, 100, 3)).beside("Rival", Samples.of(2, 10, 30));

    // The ratio of the medians is 0.3. The ratios of the rounds are 0.5, 10 and 0.1.
    assertThat(row.ratio().orElseThrow().median()).isEqualTo(0.5);
  }

  @Test
  void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(Samples.of(4, 1, 2, 100).median()).isEqualTo(3);
  }

  @Test
  void jsonHasTheSameNamesInEveryRow() throws IOException {
    JsonNode rows = new ObjectMapper().readTree(Report.json(List.of(COMPARED, ALONE)));

    assertThat(rows.get(0).path("figure").asText()).isEqualTo("reading");
    assertThat(rows.get(0).path("unit").asText()).isEqualTo("ns");
    assertThat(rows.get(0).path("ours").asDouble()).isEqualTo(20);
    assertThat(rows.get(0).path("oursMin").asDouble()).isEqualTo(10);
    assertThat(rows.get(0).path("oursMax").asDouble()).isEqualTo(30);
    assertThat(rows.get(0).path("beside").asText()).isEqualTo("Rival");
    assertThat(rows.get(0).path("theirs").asDouble()).isEqualTo(50);
    assertThat(rows.get(0).path("theirsMax").asDouble()).isEqualTo(60);
    assertThat(rows.get(0).path("ratio").asDouble()).isEqualTo(0.4);
    assertThat(rows.get(0).path("goal").asText()).isEqualTo("ratio <= 0.500");
    assertThat(rows.get(0).path("goalMet").asBoolean()).isTrue();
    assertThat(rows.get(1).path("theirs").isNull()).isTrue();
    assertThat(rows.get(1).path("goalMet").asBoolean(true)).isFalse();
    assertThat(rows.get(1).fieldNames()).toIterable().containsExactlyElementsOf(names(rows.get(0)));
  }

  @Test
  void numbersHaveThreeDigitsThatCount() {
    assertThat(Report.number(0)).isEqualTo("0");
    assertThat(Report.number(0.12345)).isEqualTo("0.123");
    assertThat(Report.number(1.2345)).isEqualTo("1.23");
    assertThat(Report.number(12.345)).isEqualTo("12.3");
    assertThat(Report.number(12_345.6)).isEqualTo("12,346");
  }

  @Test
  void roundsOfOnlyOneContenderAreRejected() {
    Row row = Row.of("x", "ns", Samples.of(1, 2));

    assertThatThrownBy(() -> row.beside("Rival", Samples.of(1)))
        .hasMessage("rounds: 1 (expected: 2)");
    assertThatThrownBy(() -> row.to(HALF)).hasMessageContaining("no rival");
  }

  private static List<String> names(JsonNode row) {
    List<String> names = new ArrayList<>();
    row.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
