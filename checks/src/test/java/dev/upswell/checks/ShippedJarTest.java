package dev.upswell.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedJarTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jobs/fanout/target/fanout.jar",
        "jobs/viral-detector/target/viral-detector.jar",
        "jobs/trending/target/trending.jar",
        "serving-api/target/api.jar"
      })
  void hasNoClassesOfTestModules(String file) throws IOException {
    try (JarFile jar = new JarFile(Project.ROOT.resolve(file).toFile())) {
      List<String> names = jar.stream().map(JarEntry::getName).toList();
      assertThat(names)
          .anyMatch(name -> name.startsWith("dev/upswell/contract/"))
          .noneMatch(name -> name.startsWith("dev/upswell/testing/"))
          .noneMatch(name -> name.startsWith("dev/upswell/simulation/"))
          .noneMatch(name -> name.startsWith("dev/upswell/processes/"));
    }
  }
}
