package dev.upswell.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.api.ApiOptions;
import dev.upswell.contract.EventType;
import dev.upswell.contract.Topics;
import dev.upswell.fanout.FanoutOptions;
import dev.upswell.options.Option;
import dev.upswell.options.OptionSet;
import dev.upswell.options.Options;
import dev.upswell.runtime.JobOptions;
import dev.upswell.trending.TrendingOptions;
import dev.upswell.viral.ViralOptions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Checks docker-compose.yml against the code, without a Docker engine. */
class ComposeTest {
  private final Map<String, Map<String, Object>> services = services();

  @SuppressWarnings("unchecked") // The shape of every compose file.
  private static Map<String, Map<String, Object>> services() {
    Map<String, Object> file = new Yaml().load(Project.read("docker-compose.yml"));
    return (Map<String, Map<String, Object>>) file.get("services");
  }

  @SuppressWarnings("unchecked") // As above.
  private List<String> words(String service, String key) {
    return ((List<Object>) services.get(service).get(key)).stream().map(String::valueOf).toList();
  }

  @SuppressWarnings("unchecked") // As above.
  private Map<String, Object> environment(String service) {
    return (Map<String, Object>) services.get(service).get("environment");
  }

  private static String property(String name) {
    Matcher matcher =
        Pattern.compile("<" + name + ">(.*)</" + name + ">").matcher(Project.read("pom.xml"));
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1);
  }

  @Test
  void everyImageIsPinnedAndOfTheVersionThatTheBuildUses() {
    assertThat(services.values())
        .allSatisfy(service -> assertThat((String) service.get("image")).matches(".+:[0-9].*"));
    assertThat(services.get("kafka"))
        .containsEntry("image", "apache/kafka:" + property("kafka-broker.version"));
    for (String service :
        List.of("jobmanager", "taskmanager", "fanout", "viral-detector", "trending")) {
      assertThat(services.get(service))
          .containsEntry("image", "flink:" + property("flink.version") + "-java17");
    }
  }

  @Test
  void jobsAcceptTheirOptionsAndUseTheBuiltJars() {
    JobOptions fanout = FanoutOptions.from(given("fanout", FanoutOptions.options())).job();
    JobOptions viral = ViralOptions.from(given("viral-detector", ViralOptions.options())).job();
    JobOptions trending = TrendingOptions.from(given("trending", TrendingOptions.options())).job();

    for (JobOptions job : List.of(fanout, viral, trending)) {
      assertThat(job.redis().uri().getHost()).isEqualTo("redis");
      assertThat(job.kafka()).containsEntry("bootstrap.servers", "kafka:29092");
    }
    for (String job : List.of("fanout", "viral-detector", "trending")) {
      String jar = "jobs/%s/target/%s.jar".formatted(job, job);
      assertThat(words(job, "volumes").get(0)).startsWith("./" + jar + ":" + jarOf(job) + ":");
      assertThat(Project.ROOT.resolve(jar)).exists();
    }
  }

  private Options given(String job, OptionSet options) {
    List<String> command = words(job, "command");
    return options.read(
        command.subList(command.indexOf(jarOf(job)) + 1, command.size()).toArray(String[]::new),
        Map.of());
  }

  private static String jarOf(String job) {
    return "/jobs/" + job + ".jar";
  }

  @Test
  void thereAreSlotsForAllSubtasksOfTheJobs() {
    int wanted = 0;
    for (String job : List.of("fanout", "viral-detector", "trending")) {
      List<String> command = words(job, "command");
      wanted += Integer.parseInt(command.get(command.indexOf("--parallelism") + 1));
    }
    assertThat((String) environment("taskmanager").get("FLINK_PROPERTIES"))
        .contains("taskmanager.numberOfTaskSlots: " + wanted);
  }

  @Test
  void apiUsesItsEnvironmentAndListensOnThePublishedPort() {
    Map<String, String> environment =
        environment("api").entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    List<String> known =
        ApiOptions.options().options().stream().map(Option::environmentName).toList();
    assertThat(known).containsAll(environment.keySet());

    ApiOptions read = ApiOptions.from(ApiOptions.options().read(new String[0], environment));

    assertThat(words("api", "ports")).containsExactly(read.port() + ":" + read.port());
    assertThat(read.host()).isEqualTo("0.0.0.0");
    assertThat(words("api", "volumes").get(0)).startsWith("./serving-api/target/api.jar:");
    assertThat(Project.ROOT.resolve("serving-api/target/api.jar")).exists();
  }

  @Test
  void everyTopicThatIsReadOrWrittenIsCreated() {
    String script = words("topics", "command").get(0);
    Topics topics = new Topics(Topics.DEFAULT_PREFIX);
    assertThat(script).contains("--topic " + topics.prefix() + "$$topic");
    String created = script.substring(script.indexOf(" in ") + 4, script.indexOf(';'));
    assertThat(List.of(created.split(" ")))
        .containsAll(EventType.all().stream().map(EventType::name).toList())
        .containsAll(
            Stream.of(
                    topics.deadLetters(),
                    topics.feedDeliveries(),
                    topics.hourlyViews(),
                    topics.lateEvents())
                .map(topic -> topic.substring(topics.prefix().length()))
                .toList());
    assertThat(script)
        .containsPattern("--topic " + topics.promotions() + " .*--config cleanup.policy=compact")
        .containsPattern("--topic " + topics.trending() + " .*--config cleanup.policy=compact")
        // State of jobs is computed from the whole topic.
        .containsPattern("for topic in videos follows; do .*--add-config retention.ms=-1 ");
  }
}
