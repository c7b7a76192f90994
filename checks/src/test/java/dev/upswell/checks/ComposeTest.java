package dev.upswell.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.api.ApiOptions;
import dev.upswell.contract.EventType;
import dev.upswell.contract.Topics;
import dev.upswell.fanout.FanoutOptions;
import dev.upswell.options.Option;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml fits the code; no Docker engine is needed to know that. */
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
    for (String service : List.of("jobmanager", "taskmanager", "fanout")) {
      assertThat(services.get(service))
          .containsEntry("image", "flink:" + property("flink.version") + "-java17");
    }
  }

  @Test
  void theJobTakesTheOptionsItIsGivenAndItsJarIsTheBuilds() {
    List<String> command = words("fanout", "command");
    String[] options =
        command
            .subList(command.indexOf("/jobs/fanout.jar") + 1, command.size())
            .toArray(String[]::new);

    FanoutOptions read = FanoutOptions.from(FanoutOptions.options().read(options, Map.of()));

    assertThat(read.job().redis().uri().getHost()).isEqualTo("redis");
    assertThat(read.job().kafka()).containsEntry("bootstrap.servers", "kafka:29092");
    assertThat(words("fanout", "volumes").get(0)).startsWith("./jobs/fanout/target/fanout.jar:");
    assertThat(Project.ROOT.resolve("jobs/fanout/target/fanout.jar")).exists();
  }

  @Test
  void theApiTakesTheEnvironmentItIsGivenAndListensWhereItIsPublished() {
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
        .contains(topics.deadLetters().substring(topics.prefix().length()))
        .contains(topics.feedDeliveries().substring(topics.prefix().length()));
  }
}
