package dev.upswell.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks the allowed dependencies of docs/architecture.md. */
class ModuleRulesTest {
  private static JavaClasses code;

  @BeforeAll
  static void readTheCode() {
    code =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.upswell");
    assertThat(code).hasSizeGreaterThan(100);
  }

  @Test
  void modulesDependDownwardsAndJobsNeverOnEachOther() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.upswell..")
        .layer("contract")
        .definedBy("dev.upswell.contract..")
        .layer("options")
        .definedBy("dev.upswell.options..")
        .layer("redis")
        .definedBy("dev.upswell.redis..")
        .layer("testing")
        .definedBy("dev.upswell.testing..")
        .layer("feeds")
        .definedBy("dev.upswell.feeds..")
        .layer("simulation")
        .definedBy("dev.upswell.simulation..")
        .layer("popularity")
        .definedBy("dev.upswell.popularity..")
        .layer("processes")
        .definedBy("dev.upswell.processes..")
        .layer("runtime")
        .definedBy("dev.upswell.runtime..")
        .layer("views")
        .definedBy("dev.upswell.views..")
        .layer("fanout")
        .definedBy("dev.upswell.fanout..")
        .layer("viral")
        .definedBy("dev.upswell.viral..")
        .layer("trending")
        .definedBy("dev.upswell.trending..")
        .layer("api")
        .definedBy("dev.upswell.api..")
        .layer("local")
        .definedBy("dev.upswell.local..")
        .whereLayer("contract")
        .mayNotAccessAnyLayer()
        .whereLayer("options")
        .mayNotAccessAnyLayer()
        .whereLayer("processes")
        .mayNotAccessAnyLayer()
        .whereLayer("redis")
        .mayOnlyAccessLayers("options")
        .whereLayer("testing")
        .mayOnlyAccessLayers("contract", "redis", "processes")
        .whereLayer("testing")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("feeds")
        .mayOnlyAccessLayers("contract", "options", "redis")
        .whereLayer("simulation")
        .mayOnlyAccessLayers("contract", "feeds")
        .whereLayer("popularity")
        .mayOnlyAccessLayers("contract")
        .whereLayer("runtime")
        .mayOnlyAccessLayers("contract", "options", "redis")
        .whereLayer("views")
        .mayOnlyAccessLayers("contract", "options", "redis", "runtime")
        .whereLayer("fanout")
        .mayOnlyAccessLayers("contract", "options", "redis", "feeds", "runtime")
        .whereLayer("viral")
        .mayOnlyAccessLayers("contract", "options", "redis", "popularity", "runtime", "views")
        .whereLayer("trending")
        .mayOnlyAccessLayers("contract", "options", "redis", "popularity", "runtime", "views")
        .whereLayer("api")
        .mayOnlyAccessLayers("contract", "options", "redis", "feeds")
        .whereLayer("local")
        .mayOnlyAccessLayers("contract", "options", "feeds", "simulation", "processes")
        .check(code);
  }

  @Test
  void coreOfFeedsDependsOnNoRedisFlinkOrHttp() {
    noClasses()
        .that()
        .resideInAPackage("dev.upswell.feeds..")
        .and()
        .resideOutsideOfPackage("dev.upswell.feeds.redis..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.upswell.redis..", "io.lettuce..", "org.apache.flink..", "com.linecorp..")
        .check(code);
  }

  @Test
  void popularityDependsOnNoRedisFlinkOrKafka() {
    noClasses()
        .that()
        .resideInAPackage("dev.upswell.popularity..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.upswell.redis..", "io.lettuce..", "org.apache.flink..", "org.apache.kafka..")
        .check(code);
  }

  @Test
  void onlyJobsKnowFlinkAndOnlyTheApiKnowsItsServer() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.upswell.runtime..",
            "dev.upswell.views..",
            "dev.upswell.fanout..",
            "dev.upswell.viral..",
            "dev.upswell.trending..",
            "dev.upswell.testing..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.flink..")
        .check(code);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.upswell.api..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.linecorp.armeria..")
        .check(code);
  }

  @Test
  void packagesOfAModuleHaveNoCycles() {
    slices().matching("dev.upswell.(*).(*)..").should().beFreeOfCycles().check(code);
  }

  @Test
  void namesSayWhatAClassIsFor() {
    classes()
        .that()
        .resideOutsideOfPackage("dev.upswell.contract.events..")
        .should()
        .haveNameNotMatching(".*(Utils?|Manager|Helper|Impl)$")
        .andShould()
        .haveNameNotMatching(".*\\.Base[A-Z].*")
        .check(code);
  }
}
