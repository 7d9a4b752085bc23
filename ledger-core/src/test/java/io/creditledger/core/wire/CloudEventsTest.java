package io.creditledger.core.wire;

import static io.creditledger.core.wire.EventJsonRefusalTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.Aggregation;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.event.Source;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Quantity;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventsTest {

  private static final Catalog CATALOG =
      Catalog.ofMeters(
          List.of(
              new Meter(
                  new MeterName("llm.input_tokens"),
                  "Input tokens",
                  "",
                  "com.example.tokens",
                  Aggregation.SUM,
                  Unit.CREDITS,
                  List.of(),
                  Optional.empty(),
                  Optional.empty())));

  private static final LedgerEvent EXPECTED =
      new LedgerEvent.Usage(
          new EventId("/agents/7#a1"),
          new CustomerId("cus_1"),
          new Dimensions(
              Optional.of(new MeterName("llm.input_tokens")),
              Optional.of(new SubscriptionId("sub_1"))),
          new Charge.Metered(Quantity.parse("12.5")),
          Map.of("model", "m-large", "cached", "false"),
          Optional.of(Instant.parse("2026-11-21T10:00:00.123Z")),
          Note.NONE);

  private static final String DATA =
      "{'value':12.5,'subscription':'sub_1','model':'m-large','cached':false,'trace':{'a':1}}";

  @Test
  void structuredModeIsUsage() {
    String event =
        "{'specversion':'1.0','id':'a1','source':'/agents/7','type':'com.example.tokens',"
            + "'subject':'cus_1','time':'2026-11-21T10:00:00.123Z','partitionkey':'cus_1',"
            + "'datacontenttype':'application/json','data':"
            + DATA
            + "}";

    assertThat(EventJson.read(Source.USAGE, json(event), CATALOG))
        .isEqualTo(new Reading.Read(EXPECTED));
  }

  @Test
  void binaryModeIsTheSameUsage() {
    assertThat(CloudEvents.readBinary(headers(), json(DATA), CATALOG))
        .isEqualTo(new Reading.Read(EXPECTED));
  }

  @Test
  void anEventWithoutDataCountsAsOne() {
    assertThat(CloudEvents.readBinary(headers(), null, CATALOG))
        .isInstanceOfSatisfying(
            Reading.Read.class,
            read ->
                assertThat(((LedgerEvent.Usage) read.event()).charge())
                    .isEqualTo(new Charge.Counted()));
  }

  @ParameterizedTest
  @CsvSource({
    "ce_specversion, 0.3, FIELD_INVALID, specversion",
    "ce_specversion, , FIELD_MISSING, specversion",
    "ce_id, , FIELD_MISSING, id",
    "ce_id, '', FIELD_INVALID, id",
    "ce_source, , FIELD_MISSING, source",
    "ce_source, '', FIELD_INVALID, source",
    "ce_type, , FIELD_MISSING, type",
    "ce_type, com.example.other, METER_UNKNOWN, type",
    "ce_subject, , FIELD_MISSING, subject",
    "ce_subject, '', FIELD_INVALID, subject",
    "ce_time, noon, FIELD_INVALID, time",
    "data, 5, UNREADABLE, ",
    "data, {, UNREADABLE, ",
    "data, '{\"value\":\"x\"}', FIELD_INVALID, data.value",
    "data, '{\"value\":1e3}', FIELD_INVALID, data.value",
    "data, '{\"subscription\":7}', FIELD_INVALID, data.subscription",
  })
  void whatIsWrongIsNamed(String where, String value, Reason reason, String field) {
    Map<String, String> headers = headers();
    String data = DATA;
    if (where.equals("data")) {
      data = value;
    } else if (value == null) {
      headers.remove(where);
    } else {
      headers.put(where, value);
    }

    assertThat(CloudEvents.readBinary(headers, json(data), CATALOG))
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            refused -> {
              assertThat(refused.reason()).as(refused.detail()).isEqualTo(reason);
              assertThat(refused.field()).isEqualTo(Optional.ofNullable(field));
            });
  }

  @Test
  void anUnknownTypeIsAnUnknownMeterOfAKnownCustomer() {
    Map<String, String> headers = headers();
    headers.put("ce_type", "com.example.other");

    assertThat(CloudEvents.readBinary(headers, json(DATA), CATALOG))
        .isEqualTo(
            new Reading.Unreadable(
                Reason.METER_UNKNOWN,
                Optional.of("type"),
                "no meter with event name \"com.example.other\" in catalog " + CATALOG.version(),
                Optional.of(new EventId("/agents/7#a1")),
                Optional.of(new CustomerId("cus_1"))));
  }

  @Test
  void encodedDataIsRefused() {
    String event =
        "{'specversion':'1.0','id':'a1','source':'/agents/7','type':'com.example.tokens',"
            + "'subject':'cus_1','data_base64':'e30='}";

    assertThat(EventJson.read(Source.USAGE, json(event), CATALOG))
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            refused -> assertThat(refused.field()).contains("data_base64"));
  }

  private static Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", "a1");
    headers.put("ce_source", "/agents/7");
    headers.put("ce_type", "com.example.tokens");
    headers.put("ce_subject", "cus_1");
    headers.put("ce_time", "2026-11-21T10:00:00.123Z");
    headers.put("content-type", "application/json");
    headers.put("traceparent", "00-0");
    return headers;
  }
}
