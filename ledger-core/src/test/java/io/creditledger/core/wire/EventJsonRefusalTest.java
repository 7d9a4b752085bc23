package io.creditledger.core.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Reason;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a producer sends, reading it ends in a value that says what is wrong and where. */
class EventJsonRefusalTest {

  private static final String USAGE = "'id':'e','customer':'c','credits':'1'";

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void bytesThatAreNoJsonObjectAreUnreadable(String what, byte[] bytes) {
    Reading reading = EventJson.read(Source.USAGE, bytes);

    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.UNREADABLE);
              assertThat(refused.field()).isEmpty();
              assertThat(refused.detail()).isNotBlank().doesNotContain("\n");
            });
  }

  static Stream<Arguments> bytesThatAreNoJsonObjectAreUnreadable() {
    byte[] brokenUtf8 = json("{" + USAGE + ",'description':'x'}");
    brokenUtf8[brokenUtf8.length - 3] = (byte) 0xc3;
    return Stream.of(
        Arguments.of("nothing", new byte[0]),
        Arguments.of("white space", json(" \n ")),
        Arguments.of("a zero byte", new byte[1]),
        Arguments.of("random bytes", new byte[] {(byte) 0xff, (byte) 0xfe, 3, 4}),
        Arguments.of("broken UTF-8", brokenUtf8),
        Arguments.of("an overlong slash", new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'}),
        Arguments.of("Latin-1", "{\"id\":\"é\"}".getBytes(ISO_8859_1)),
        Arguments.of("UTF-16", "{\"id\":\"e\"}".getBytes(UTF_16)),
        Arguments.of("UTF-16 without a mark", "{\"id\":\"e\"}".getBytes(UTF_16LE)),
        Arguments.of("truncated JSON", json("{'id':'e','custo")),
        Arguments.of("an open object", json("{" + USAGE)),
        Arguments.of("an array", json("[{" + USAGE + "}]")),
        Arguments.of("a string", json("'e'")),
        Arguments.of("null", json("null")),
        Arguments.of("a number", json("1")),
        Arguments.of("a name twice", json("{" + USAGE + ",'id':'f'}")),
        Arguments.of("an inner name twice", json("{" + USAGE + ",'metadata':{'a':'1','a':'1'}}")),
        Arguments.of("an unknown name twice", json("{" + USAGE + ",'x':1,'x':1}")),
        Arguments.of("two objects", json("{" + USAGE + "}{" + USAGE + "}")),
        Arguments.of("text after it", json("{" + USAGE + "}.")),
        Arguments.of("a comment", json("{" + USAGE + "/* */}")),
        Arguments.of("single quotes", "{'id':'e'}".getBytes(UTF_8)),
        Arguments.of("a comma too many", json("{" + USAGE + ",}")),
        Arguments.of("NaN", json("{" + USAGE + ",'x':NaN}")),
        Arguments.of("a leading zero", json("{" + USAGE + ",'x':01}")),
        Arguments.of("deep nesting", json("{'x':" + "[".repeat(10_000) + "]".repeat(10_000) + "}")),
        Arguments.of("deep objects", json("{'x':".repeat(10_000))),
        Arguments.of("a long name", json("{'" + "x".repeat(5_000) + "':1}")));
  }

  @Test
  void aMissingValueIsSaidToBeMissing() {
    assertThat(EventJson.read(Source.USAGE, null))
        .isEqualTo(
            new Reading.Unreadable(
                Reason.VALUE_MISSING,
                Optional.empty(),
                "the record has no value",
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void aRecordOfTwoMegabytesIsTooLarge() {
    byte[] bytes = json("{" + USAGE + ",'x':'" + "x".repeat(2_000_000) + "'}");

    assertThat(EventJson.read(Source.USAGE, bytes))
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @Test
  void aRecordOfOneMebibyteIsNotTooLarge() {
    byte[] small = json("{" + USAGE + ",'x':''}");
    byte[] bytes =
        json("{" + USAGE + ",'x':'" + "x".repeat(EventJson.BYTES_MAX - small.length) + "'}");

    assertThat(bytes).hasSize(EventJson.BYTES_MAX);
    assertThat(EventJson.read(Source.USAGE, bytes)).isInstanceOf(Reading.Read.class);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # topic | fields | reason | field
          USAGE   | 'type':'grant','id':'e','customer':'c','amount':'1' | TYPE_UNKNOWN | type
          USAGE   | 'type':'Usage','id':'e','customer':'c','credits':'1' | TYPE_UNKNOWN | type
          USAGE   | 'type':'','id':'e','customer':'c','credits':'1' | TYPE_UNKNOWN | type
          USAGE   | 'type':7,'id':'e','customer':'c','credits':'1' | TYPE_UNKNOWN | type
          USAGE   | 'type':{},'id':'e','customer':'c','credits':'1' | TYPE_UNKNOWN | type
          GRANT   | 'type':'usage','id':'e','customer':'c','credits':'1' | TYPE_UNKNOWN | type
          GRANT   | 'type':'expire','id':'e','customer':'c','grant':'g','expires_at':'2026-01-01T00:00:00Z' | TYPE_UNKNOWN | type
          EXPIRY  | 'type':'configure','id':'e','customer':'c' | TYPE_UNKNOWN | type
          EXPIRY  | 'id':'e','customer':'c','grant':'g' | FIELD_MISSING | type
          USAGE   | 'customer':'c','credits':'1' | FIELD_MISSING | id
          USAGE   | 'id':null,'customer':'c','credits':'1' | FIELD_MISSING | id
          USAGE   | 'id':'e','credits':'1' | FIELD_MISSING | customer
          USAGE   | 'credits':'x' | FIELD_MISSING | id
          USAGE   | 'id':'e','customer':'c' | FIELD_MISSING | quantity
          USAGE   | 'id':'e','customer':'c','subscription':'s' | FIELD_MISSING | quantity
          USAGE   | 'type':'reserve','id':'e','customer':'c' | FIELD_MISSING | quantity
          USAGE   | 'type':'settle','id':'e','customer':'c' | FIELD_MISSING | reservation
          USAGE   | 'type':'release','id':'e','customer':'c' | FIELD_MISSING | reservation
          USAGE   | 'type':'release','customer':'c','reservation':'r' | FIELD_MISSING | id
          USAGE   | 'type':'reverse','id':'e','customer':'c' | FIELD_MISSING | usage
          GRANT   | 'id':'e','customer':'c' | FIELD_MISSING | amount
          GRANT   | 'type':'void','id':'e','customer':'c' | FIELD_MISSING | grant
          GRANT   | 'type':'adjust','id':'e','customer':'c' | FIELD_MISSING | amount
          GRANT   | 'type':'confirm','id':'e','customer':'c' | FIELD_MISSING | grant
          GRANT   | 'type':'cancel','id':'e','customer':'c' | FIELD_MISSING | grant
          GRANT   | 'type':'extend','id':'e','customer':'c' | FIELD_MISSING | grant
          EXPIRY  | 'type':'effective','id':'e','customer':'c' | FIELD_MISSING | grant
          EXPIRY  | 'type':'expire','id':'e','customer':'c','grant':'g' | FIELD_MISSING | expires_at
          EXPIRY  | 'type':'renew','id':'e','customer':'c','grant':'g' | FIELD_MISSING | period
          EXPIRY  | 'type':'lapse','id':'e','customer':'c' | FIELD_MISSING | reservation
          GRANT   | 'type':'configure','id':'e','customer':'c','overdraft_limit':'1' | FIELD_MISSING | overdraft_policy
          GRANT   | 'id':'e','customer':'c','amount':'1','recurrence':{} | FIELD_MISSING | recurrence.period
          GRANT   | 'id':'e','customer':'c','amount':'1','recurrence':{'period':'P1M','rollover':{}} | FIELD_MISSING | recurrence.rollover.cap
          GRANT   | 'id':'e','customer':'c','amount':'1','cost_basis':{'amount':'1'} | FIELD_MISSING | cost_basis.currency
          USAGE   | 'id':'','customer':'c','credits':'1' | FIELD_INVALID | id
          USAGE   | 'id':7,'customer':'c','credits':'1' | FIELD_INVALID | id
          USAGE   | 'id':' e','customer':'c','credits':'1' | FIELD_INVALID | id
          USAGE   | 'id':'e\\n','customer':'c','credits':'1' | FIELD_INVALID | id
          USAGE   | 'id':'\\ud800','customer':'c','credits':'1' | FIELD_INVALID | id
          USAGE   | 'id':'e','customer':'','credits':'1' | FIELD_INVALID | customer
          USAGE   | 'id':'e','customer':['c'],'credits':'1' | FIELD_INVALID | customer
          USAGE   | 'id':'e','customer':'c','credits':'' | FIELD_INVALID | credits
          USAGE   | 'id':'e','customer':'c','credits':'one' | FIELD_INVALID | credits
          USAGE   | 'id':'e','customer':'c','credits':true | FIELD_INVALID | credits
          USAGE   | 'id':'e','customer':'c','credits':[1] | FIELD_INVALID | credits
          USAGE   | 'id':'e','customer':'c','credits':'1.0000001' | FIELD_INVALID | credits
          USAGE   | 'id':'e','customer':'c','credits':1.0000001 | FIELD_INVALID | credits
          USAGE   | 'id':'e','customer':'c','credits':1e3 | FIELD_INVALID | credits
          USAGE   | 'id':'e','customer':'c','credits':'1e3' | FIELD_INVALID | credits
          USAGE   | 'id':'e','customer':'c','credits':'+1' | FIELD_INVALID | credits
          USAGE   | 'id':'e','customer':'c','credits':'1,5' | FIELD_INVALID | credits
          USAGE   | 'id':'e','customer':'c','credits':'NaN' | FIELD_INVALID | credits
          USAGE   | 'id':'e','customer':'c','credits':'1000000000000000000000000000000' | FIELD_INVALID | credits
          USAGE   | 'id':'e','customer':'c','credits':1000000000000000000000000000000 | FIELD_INVALID | credits
          USAGE   | 'id':'e','customer':'c','credits':'1','quantity':'1' | FIELD_INVALID | credits
          USAGE   | 'id':'e','customer':'c','meter':'m','quantity':'0.0000000000001' | FIELD_INVALID | quantity
          USAGE   | 'id':'e','customer':'c','meter':'m','quantity':'1000000000000000000000000000000' | FIELD_INVALID | quantity
          USAGE   | 'id':'e','customer':'c','meter':'m','quantity':{} | FIELD_INVALID | quantity
          USAGE   | 'id':'e','customer':'c','meter':'m','quantity':1,'unit':'u' | FIELD_INVALID | unit
          USAGE   | 'id':'e','customer':'c','meter':'','quantity':1 | FIELD_INVALID | meter
          USAGE   | 'id':'e','customer':'c','meter':1,'quantity':1 | FIELD_INVALID | meter
          USAGE   | 'id':'e','customer':'c','credits':1,'unit':'' | FIELD_INVALID | unit
          USAGE   | 'id':'e','customer':'c','credits':1,'subscription':false | FIELD_INVALID | subscription
          USAGE   | 'id':'e','customer':'c','credits':1,'properties':'x' | FIELD_INVALID | properties
          USAGE   | 'id':'e','customer':'c','credits':1,'properties':[] | FIELD_INVALID | properties
          USAGE   | 'id':'e','customer':'c','credits':1,'properties':{'a':{}} | FIELD_INVALID | properties.a
          USAGE   | 'id':'e','customer':'c','credits':1,'properties':{'a':[1]} | FIELD_INVALID | properties.a
          USAGE   | 'id':'e','customer':'c','credits':1,'properties':{'':1} | FIELD_INVALID | properties
          USAGE   | 'id':'e','customer':'c','credits':1,'properties':{'a':'\\udc00'} | FIELD_INVALID | properties.a
          USAGE   | 'id':'e','customer':'c','credits':1,'metadata':{'a':'\\u0000'} | FIELD_INVALID | metadata.a
          USAGE   | 'id':'e','customer':'c','credits':1,'description':5 | FIELD_INVALID | description
          USAGE   | 'id':'e','customer':'c','credits':1,'actor':{} | FIELD_INVALID | actor
          USAGE   | 'id':'e','customer':'c','credits':1,'occurred_at':'yesterday' | FIELD_INVALID | occurred_at
          USAGE   | 'id':'e','customer':'c','credits':1,'occurred_at':1790000000 | FIELD_INVALID | occurred_at
          USAGE   | 'id':'e','customer':'c','credits':1,'occurred_at':'2026-02-30T00:00:00Z' | FIELD_INVALID | occurred_at
          USAGE   | 'id':'e','customer':'c','credits':1,'occurred_at':'2026-02-03T00:00:00' | FIELD_INVALID | occurred_at
          USAGE   | 'id':'e','customer':'c','credits':1,'occurred_at':'2026-02-03' | FIELD_INVALID | occurred_at
          USAGE   | 'id':'e','customer':'c','credits':1,'occurred_at':'1969-12-31T23:59:59Z' | FIELD_INVALID | occurred_at
          USAGE   | 'id':'e','customer':'c','credits':1,'occurred_at':'+10000-01-01T00:00:00Z' | FIELD_INVALID | occurred_at
          USAGE   | 'type':'reserve','id':'e','customer':'c','credits':1,'ttl':'15m' | FIELD_INVALID | ttl
          USAGE   | 'type':'reserve','id':'e','customer':'c','credits':1,'ttl':900 | FIELD_INVALID | ttl
          USAGE   | 'type':'reserve','id':'e','customer':'c','credits':1,'ttl':'PT99999999999999H' | FIELD_INVALID | ttl
          USAGE   | 'type':'reserve','id':'e','customer':'c','credits':1,'ttl':'PT1M','expires_at':'2026-01-01T00:00:00Z' | FIELD_INVALID | ttl
          USAGE   | 'type':'reverse','id':'e','customer':'c','usage':5 | FIELD_INVALID | usage
          GRANT   | 'id':'e','customer':'c','amount':'x' | FIELD_INVALID | amount
          GRANT   | 'id':'e','customer':'c','amount':1,'priority':101 | FIELD_INVALID | priority
          GRANT   | 'id':'e','customer':'c','amount':1,'priority':-1 | FIELD_INVALID | priority
          GRANT   | 'id':'e','customer':'c','amount':1,'priority':1.5 | FIELD_INVALID | priority
          GRANT   | 'id':'e','customer':'c','amount':1,'priority':99999999999999999999 | FIELD_INVALID | priority
          GRANT   | 'id':'e','customer':'c','amount':1,'category':'free' | FIELD_INVALID | category
          GRANT   | 'id':'e','customer':'c','amount':1,'category':true | FIELD_INVALID | category
          GRANT   | 'id':'e','customer':'c','amount':1,'pending':'yes' | FIELD_INVALID | pending
          GRANT   | 'id':'e','customer':'c','amount':1,'scope':'m' | FIELD_INVALID | scope
          GRANT   | 'id':'e','customer':'c','amount':1,'scope':{'meters':'m'} | FIELD_INVALID | scope.meters
          GRANT   | 'id':'e','customer':'c','amount':1,'scope':{'meters':['a','']} | FIELD_INVALID | scope.meters[1]
          GRANT   | 'id':'e','customer':'c','amount':1,'scope':{'subscriptions':[null]} | FIELD_INVALID | scope.subscriptions[0]
          GRANT   | 'id':'e','customer':'c','amount':1,'cost_basis':{'amount':'-1','currency':'usd'} | FIELD_INVALID | cost_basis.amount
          GRANT   | 'id':'e','customer':'c','amount':1,'cost_basis':{'amount':'1','currency':'dollar'} | FIELD_INVALID | cost_basis.currency
          GRANT   | 'id':'e','customer':'c','amount':1,'recurrence':{'period':'monthly'} | FIELD_INVALID | recurrence.period
          GRANT   | 'id':'e','customer':'c','amount':1,'recurrence':{'period':'P0D'} | FIELD_INVALID | recurrence.period
          GRANT   | 'id':'e','customer':'c','amount':1,'recurrence':{'period':'P1M','count':0} | FIELD_INVALID | recurrence.count
          GRANT   | 'id':'e','customer':'c','amount':1,'recurrence':{'period':'P1M','rollover':{'fraction':'1.5'}} | FIELD_INVALID | recurrence.rollover.fraction
          GRANT   | 'id':'e','customer':'c','amount':1,'recurrence':{'period':'P1M','rollover':{'cap':'-5'}} | FIELD_INVALID | recurrence.rollover.cap
          GRANT   | 'type':'extend','id':'e','customer':'c','grant':'g','expires_at':'never' | FIELD_INVALID | expires_at
          GRANT   | 'type':'configure','id':'e','customer':'c','overdraft_policy':'allow' | FIELD_INVALID | overdraft_policy
          GRANT   | 'type':'configure','id':'e','customer':'c','overdraft_policy':'reject','overdraft_limit':1 | FIELD_INVALID | overdraft_limit
          GRANT   | 'type':'configure','id':'e','customer':'c','overdraft_policy':'bill','overdraft_limit':-1 | FIELD_INVALID | overdraft_limit
          GRANT   | 'type':'configure','id':'e','customer':'c','time_zone':'Mars/Olympus' | FIELD_INVALID | time_zone
          EXPIRY  | 'type':'renew','id':'e','customer':'c','grant':'g','period':'two' | FIELD_INVALID | period
          """)
  void aFieldThatIsNotAsPromisedIsNamed(Source source, String fields, Reason reason, String field) {
    Reading reading = EventJson.read(source, json("{" + fields + "}"));

    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            refused -> {
              assertThat(refused.reason()).as(refused.detail()).isEqualTo(reason);
              assertThat(refused.field()).as(refused.detail()).contains(field);
              assertThat(refused.detail()).isNotBlank().hasSizeLessThan(400);
            });
  }

  @ParameterizedTest(name = "{0} of {1} characters")
  @CsvSource({"id,201", "customer,300", "meter,101", "subscription,256", "unit,41"})
  void aNameThatIsTooLongIsRefusedAndQuoted(String field, int length) {
    String others = USAGE.replaceFirst("'" + field + "':'[^']*',?", "");
    byte[] bytes = json("{'" + field + "':'" + "x".repeat(length) + "'," + others + "}");

    assertThat(EventJson.read(Source.USAGE, bytes))
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.FIELD_INVALID);
              assertThat(refused.field()).contains(field);
              assertThat(refused.detail())
                  .startsWith(field + " is longer than " + (length < 300 ? length - 1 : 255))
                  .hasSizeLessThan(110)
                  .contains(": \"xxx");
            });
  }

  @Test
  void moreMetadataThanIsKeptIsRefused() {
    StringBuilder metadata = new StringBuilder("'k0':0");
    for (int i = 1; i <= 50; i++) {
      metadata.append(",'k").append(i).append("':0");
    }

    assertRefused("'metadata':{" + metadata + "}", "metadata");
    assertRefused("'properties':{" + metadata + "}", "properties");
    assertRefused("'metadata':{'a':'" + "x".repeat(1_001) + "'}", "metadata.a");
    assertRefused("'metadata':{'" + "x".repeat(101) + "':0}", "metadata." + "x".repeat(101));
    assertRefused("'description':'" + "x".repeat(1_001) + "'", "description");
  }

  private static void assertRefused(String field, String named) {
    assertThat(EventJson.read(Source.USAGE, json("{" + USAGE + "," + field + "}")))
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.FIELD_INVALID);
              assertThat(refused.field()).contains(named);
            });
  }

  @Test
  void aRefusalSaysWhoseEventItWasWhereThatCanBeTold() {
    byte[] bytes = json("{'id':'e_1','customer':'cus_1','credits':'x\\n\\ud800'}");

    assertThat(EventJson.read(Source.USAGE, bytes))
        .isEqualTo(
            new Reading.Unreadable(
                Reason.FIELD_INVALID,
                Optional.of("credits"),
                "credits: \"x\ufffd\ufffd\" is not a decimal number",
                Optional.of(new EventId("e_1")),
                Optional.of(new CustomerId("cus_1"))));
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void noDamageToAnEventMakesReadingThrow(EventType type) {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = EventJson.write(new Shapes(seed).event(type));
      int flips = 1 + random.nextInt(4);
      for (int i = 0; i < flips; i++) {
        bytes[random.nextInt(bytes.length)] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) "{}[]\",:\\0e-.u".charAt(random.nextInt(13));
      }

      assertThat(EventJson.read(type.source(), bytes)).as("seed %d", seed).isNotNull();
    }
  }

  @Test
  void noTruncationOfAnEventCanBeRead() {
    byte[] bytes = EventJson.write(new Shapes(7).event(EventType.GRANT));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);

      assertThat(EventJson.read(Source.GRANT, cut)).isInstanceOf(Reading.Unreadable.class);
    }
  }

  static byte[] json(String singleQuoted) {
    return singleQuoted.replace('\'', '"').getBytes(UTF_8);
  }
}
