package dev.upswell.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Section of docs/topics.md.
 *
 * @param topic without prefix
 * @param sample a record in JSON
 * @param table the statement that creates its table
 * @param query an example query
 */
record TopicsDoc(String topic, String sample, String table, String query) {
  private static final Pattern SECTION =
      Pattern.compile("\n### (\\S+)\n(.*?)(?=\n### |\\z)", Pattern.DOTALL);
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)\n```", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("CREATE TABLE (`?\\w+`?)");

  /** Returns the sections by name. */
  static Map<String, TopicsDoc> read() {
    Map<String, TopicsDoc> topics = new LinkedHashMap<>();
    Matcher sections = SECTION.matcher(Project.read("docs/topics.md"));
    while (sections.find()) {
      String topic = sections.group(1);
      List<String> json = blocks(sections.group(2), "json");
      List<String> sql = blocks(sections.group(2), "sql");
      assertThat(json).as("samples of " + topic).hasSize(1);
      assertThat(sql).as("a table of " + topic + " and a query").hasSize(2);
      topics.put(topic, new TopicsDoc(topic, json.get(0), sql.get(0), sql.get(1)));
    }
    return topics;
  }

  private static List<String> blocks(String text, String language) {
    List<String> found = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      if (blocks.group(1).equals(language)) {
        found.add(blocks.group(2));
      }
    }
    return found;
  }

  /** The name of the table, as SQL has it. */
  String tableName() {
    Matcher matcher = NAME.matcher(table);
    assertThat(matcher.find()).as(table).isTrue();
    return matcher.group(1);
  }
}
