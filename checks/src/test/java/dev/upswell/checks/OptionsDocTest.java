package dev.upswell.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.api.ApiOptions;
import dev.upswell.fanout.FanoutOptions;
import dev.upswell.trending.TrendingOptions;
import dev.upswell.viral.ViralOptions;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/**
 * docs/options.md says what the code says.
 *
 * <p>With {@code -Dupswell.write-docs=true} the file is written instead: {@code mvn test -pl checks
 * -am -Dtest=OptionsDocTest -Dsurefire.failIfNoSpecifiedTests=false -Dupswell.write-docs=true}.
 */
class OptionsDocTest {
  private static final String FILE = "docs/options.md";

  private static String expected() {
    return """
        # Options

        From arguments, else `UPSWELL_*` variables, else the file named by `--options-file` (Java properties), else the
        default. `checks/…/OptionsDocTest` compares this page with the code.

        ## jobs/fanout

        %s
        ## jobs/viral-detector

        %s
        ## jobs/trending

        %s
        ## serving-api

        %s"""
        .formatted(
            FanoutOptions.options().markdownTable(),
            ViralOptions.options().markdownTable(),
            TrendingOptions.options().markdownTable(),
            ApiOptions.options().markdownTable());
  }

  @Test
  void tablesEqualTheCode() throws IOException {
    if (Boolean.getBoolean("upswell.write-docs")) {
      Files.writeString(Project.ROOT.resolve(FILE), expected());
    }
    assertThat(Project.read(FILE)).isEqualTo(expected());
  }
}
