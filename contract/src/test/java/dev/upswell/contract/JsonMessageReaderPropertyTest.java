package dev.upswell.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.upswell.contract.events.FeedDelivery;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Holds our reading of JSON against Protobuf's own. */
class JsonMessageReaderPropertyTest {
  @Provide
  Arbitrary<EventType<?>> types() {
    return Arbitraries.of(EventType.all());
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.of(
        "null",
        "true",
        "0",
        "-0",
        "1",
        "\"1\"",
        "-7",
        "1.0",
        "1.5",
        "\"1.5\"",
        "1e3",
        "\"1e3\"",
        "1e40",
        "\"+5\"",
        "\"007\"",
        "\" 1\"",
        "\"\"",
        "\"abc\"",
        "\"é\\u0000\"",
        "\"NaN\"",
        "\"Infinity\"",
        "2147483647",
        "2147483648",
        "-2147483649",
        "9223372036854775807",
        "9223372036854775808",
        "0.1",
        "3.4028235e38",
        "3.4028236e38",
        "1e-50",
        "\"0x1p3\"",
        "\"1f\"",
        "[]",
        "[1]",
        "[\"1\"]",
        "[null]",
        "[[1]]",
        "[\"a\",\"b\"]",
        "[1.5,2]",
        "[{}]",
        "{}",
        "[{\"width\":5,\"size_bytes\":\"6\",\"new\":1},{}]",
        "[{\"width\":null}]",
        "{\"width\":5}",
        "\"FOLLOW\"",
        "\"PUBLISHED\"",
        "\"LIKE\"",
        "2",
        "\"2\"",
        "2.0",
        "99",
        "\"TYPE_UNSPECIFIED\"",
        "\"١\"");
  }

  /** Members of JSON that are read here are read there too, as the same; one at a time. */
  @Property(tries = 5_000)
  <T extends Message> void acceptedJsonIsReadAlikeByJsonFormat(
      @ForAll("types") EventType<T> type,
      @ForAll int field,
      @ForAll boolean originalName,
      @ForAll("values") String value)
      throws Exception {
    List<FieldDescriptor> fields = type.defaultInstance().getDescriptorForType().getFields();
    FieldDescriptor chosen = fields.get(Math.floorMod(field, fields.size()));
    String name = originalName ? chosen.getName() : chosen.getJsonName();
    JsonObject json = JsonParser.parseString("{\"" + name + "\":" + value + "}").getAsJsonObject();
    Message read;
    try {
      read = new JsonMessageReader(type.defaultInstance()).read(json);
    } catch (RejectedRecordException e) {
      assertThat(e.violation().field()).startsWith(chosen.getJsonName());
      Statistics.label("read").collect("refused");
      return;
    }
    Statistics.label("read").collect("read");
    Message.Builder theirs = type.defaultInstance().newBuilderForType();
    JsonFormat.parser().ignoringUnknownFields().merge(json.toString(), theirs);
    assertThat(read).isEqualTo(theirs.build());
    Statistics.label("read")
        .coverage(coverage -> coverage.check("read").percentage(percent -> percent > 5));
  }

  @Property(tries = 50)
  <T extends Message> void printedJsonIsRead(
      @ForAll("types") EventType<T> type, @ForAll boolean originalNames, @ForAll boolean defaults)
      throws Exception {
    JsonFormat.Printer printer = JsonFormat.printer();
    printer = originalNames ? printer.preservingProtoFieldNames() : printer;
    printer = defaults ? printer.alwaysPrintFieldsWithNoPresence() : printer;
    for (Message message : List.of(Specimens.of(type), type.defaultInstance())) {
      JsonObject json = StrictJson.parse(printer.print(message).getBytes(UTF_8));
      assertThat(new JsonMessageReader(message).read(json)).isEqualTo(message);
    }
  }

  @Example
  void unsupportedFieldTypesAreRejectedAtCreation() {
    assertThatThrownBy(() -> new JsonMessageReader(FeedDelivery.getDefaultInstance()))
        .hasMessageContaining("upswell.v1.FeedDelivery.skipped");
  }
}
