package dev.upswell.views.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.util.JsonFormat;
import dev.upswell.contract.Decoded;
import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.Violation;
import dev.upswell.contract.events.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;

/** Holds the hand-made decoder of views against the generated classes. */
class ViewDecoderPropertyTest {
  private final EventCodec<View> codec = new EventCodec<>(EventType.VIEWS, ViewSpecimens.CLOCK);
  private final ViewDecoder decoder = new ViewDecoder(ViewSpecimens.CLOCK);
  private final ViewFields fields = new ViewFields();

  @Provide
  Arbitrary<View> views() {
    return ViewArbitraries.views();
  }

  @Provide
  Arbitrary<List<byte[]>> unknownFields() {
    return ViewArbitraries.unknownFields().list().ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<String>> unknownMembers() {
    return ViewArbitraries.unknownMembers()
        .list()
        .ofMaxSize(3)
        .uniqueElements(member -> member.substring(0, member.indexOf(':')));
  }

  @Provide
  Arbitrary<byte[]> nearlyJson() {
    return ViewArbitraries.nearlyJson();
  }

  @Provide
  Arbitrary<byte[]> mutated() {
    return ViewArbitraries.mutated();
  }

  @Property
  void protobufOfTheGeneratedClassTakesTheFastPath(@ForAll("views") View view) {
    assertFast(view.toByteArray(), view);
  }

  @Property
  void fieldsOfNewerWritersAreSkippedOnTheFastPath(
      @ForAll("views") View view, @ForAll("unknownFields") List<byte[]> unknown) {
    byte[] record = view.toByteArray();
    for (int i = 0; i < unknown.size(); i++) {
      record = i % 2 == 0 ? join(record, unknown.get(i)) : join(unknown.get(i), record);
    }
    assertFast(record, view);
  }

  @Property
  void jsonOfTheProtobufPrinterTakesTheFastPath(
      @ForAll("views") View view,
      @ForAll boolean compact,
      @ForAll boolean originalNames,
      @ForAll boolean defaults)
      throws Exception {
    JsonFormat.Printer printer = JsonFormat.printer();
    printer = compact ? printer.omittingInsignificantWhitespace() : printer;
    printer = originalNames ? printer.preservingProtoFieldNames() : printer;
    printer = defaults ? printer.alwaysPrintFieldsWithNoPresence() : printer;
    assertFast(printer.print(view).getBytes(UTF_8), view);
  }

  @Property
  void jsonOfOtherWritersTakesTheFastPath(
      @ForAll("views") View view,
      @ForAll("unknownMembers") List<String> unknown,
      @ForAll Random order) {
    JsonObject json =
        JsonParser.parseString(new String(codec.encodeJson(view), UTF_8)).getAsJsonObject();
    List<String> members = new ArrayList<>(unknown);
    json.entrySet()
        .forEach(
            member -> {
              // Ids as numbers, as most writers have them.
              String value = member.getValue().toString();
              boolean isNumber = member.getKey().matches("viewerId|videoId|creatorId|viewedAt");
              members.add(
                  "\"" + member.getKey() + "\" : " + (isNumber ? value.replace("\"", "") : value));
            });
    Collections.shuffle(members, order);
    assertFast(("{" + String.join("\n,", members) + "}").getBytes(UTF_8), view);
  }

  @Property(tries = 20_000)
  void nearlyValidJsonIsDecodedLikeTheCodec(@ForAll("nearlyJson") byte[] record) {
    assertAsTheCodec(record);
    assertEachWayIsTaken();
  }

  @Property(tries = 20_000)
  void mutatedRecordsAreDecodedLikeTheCodec(@ForAll("mutated") byte[] record) {
    assertAsTheCodec(record);
    assertEachWayIsTaken();
  }

  @Property
  void anyBytesAreDecodedLikeTheCodec(@ForAll @Size(max = 200) byte[] record) {
    assertAsTheCodec(record);
  }

  @Property
  void bytesOutsideOfTheSliceAreNotRead(
      @ForAll("mutated") byte[] record, @ForAll @IntRange(max = 40) int before) {
    Optional<Violation> alone = decoder.decode(record, fields);
    View view = fields.toView();
    // Behind it stands what would go on with the record: digits, a quote, the end of an object.
    byte[] neighbour = "\"1\",\"region\":\"XX\"}0123456789".getBytes(UTF_8);
    byte[] source = join(join(new byte[before], record), neighbour);
    assertThat(decoder.decode(source, before, record.length, fields)).isEqualTo(alone);
    assertThat(fields.toView()).isEqualTo(view);
    // At the end of the array one byte too far throws.
    byte[] atEnd = join(new byte[before], record);
    assertThat(decoder.decode(atEnd, before, record.length, fields)).isEqualTo(alone);
  }

  private void assertFast(byte[] record, View view) {
    assertThat(decoder.scan(record, 0, record.length, fields)).isTrue();
    assertThat(fields.toView()).isEqualTo(view);
    assertThat(codec.decode(record)).isEqualTo(new Decoded.Good<>(view));
  }

  private static Decoded<View> normalized(Decoded<View> decoded) {
    return decoded instanceof Decoded.Good<View> good
        ? new Decoded.Good<>(ViewArbitraries.normalized(good.value()))
        : decoded;
  }

  private void assertAsTheCodec(byte[] record) {
    Decoded<View> expected = normalized(codec.decode(record));
    boolean fast = decoder.scan(record, 0, record.length, fields);
    if (fast) {
      assertThat(expected).isEqualTo(new Decoded.Good<>(fields.toView()));
    }
    Optional<Violation> violation = decoder.decode(record, fields);
    if (expected instanceof Decoded.Good<View> good) {
      assertThat(violation).isEmpty();
      assertThat(fields.toView()).isEqualTo(good.value());
    } else {
      assertThat(violation).contains(((Decoded.Bad<View>) expected).why());
      assertThat(fields.toView()).isEqualTo(View.getDefaultInstance());
    }
    Statistics.label("read").collect(fast ? "fast" : violation.isEmpty() ? "slowly" : "refused");
  }

  /** A property of records that are all refused would say little. */
  private static void assertEachWayIsTaken() {
    Statistics.label("read")
        .coverage(
            coverage -> {
              coverage.check("fast").percentage(percent -> percent >= 1);
              coverage.check("slowly").count(count -> count >= 10);
              coverage.check("refused").percentage(percent -> percent >= 1);
            });
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
