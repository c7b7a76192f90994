package dev.upswell.checks;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** Queries the topics with Flink SQL, as docs/topics.md describes. */
final class Analyst {
  private final TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
  private final String bootstrapServers;

  Analyst(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    sql.getConfig().setLocalTimeZone(ZoneOffset.UTC);
    sql.getConfig().set("parallelism.default", "1");
  }

  /** Makes the table as the page has it, but where this Kafka is. */
  void create(TopicsDoc doc) {
    sql.executeSql(doc.table());
    sql.executeSql(
        "ALTER TABLE %s SET ('properties.bootstrap.servers' = '%s')"
            .formatted(doc.tableName(), bootstrapServers));
    sql.executeSql(
        "ALTER TABLE %s SET ('scan.bounded.mode' = 'latest-offset')".formatted(doc.tableName()));
  }

  /** The columns of a table that are read, not computed. */
  List<String> columns(TopicsDoc doc) {
    return sql.from(doc.tableName()).getResolvedSchema().getColumns().stream()
        .filter(Column::isPhysical)
        .map(Column::getName)
        .toList();
  }

  /** Runs a query of the page. Returns a text for each row. */
  List<String> answers(TopicsDoc doc) {
    List<String> answers = new ArrayList<>();
    try (CloseableIterator<Row> rows = sql.executeSql(doc.query()).collect()) {
      rows.forEachRemaining(row -> answers.add(row.toString()));
    } catch (Exception e) {
      throw new AssertionError(doc.query(), e);
    }
    return answers;
  }
}
