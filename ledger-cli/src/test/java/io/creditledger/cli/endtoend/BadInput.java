package io.creditledger.cli.endtoend;

import io.creditledger.core.account.Reason;
import io.creditledger.core.event.Source;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/**
 * One input that is no good, and what is to be said of it. The same bytes go through Kafka and
 * through REST.
 *
 * @param name what is bad about it
 * @param source the topic it comes by, or the resource
 * @param code by which both refuse it, except where {@code restCode} is another
 * @param field that REST names; none where no field is at fault
 * @param restStatus how REST answers
 */
record BadInput(
    String name,
    Source source,
    Bytes value,
    Reason code,
    Optional<String> field,
    int restStatus,
    String restCode) {

  static final String CUSTOMER = "cus_bad";

  private static final String TEN_TO_THE_30TH = "1" + "0".repeat(30);

  @Override
  public String toString() {
    return name;
  }

  String path() {
    return source == Source.GRANT ? "/v1/grants" : "/v1/usage";
  }

  private BadInput withRest(int status, String otherCode) {
    return new BadInput(name, source, value, code, field, status, otherCode);
  }

  private static BadInput usage(String name, String json, Reason code, String field, int status) {
    return of(name, Source.USAGE, json.getBytes(StandardCharsets.UTF_8), code, field, status);
  }

  private static BadInput grant(String name, String json, Reason code, String field, int status) {
    return of(name, Source.GRANT, json.getBytes(StandardCharsets.UTF_8), code, field, status);
  }

  private static BadInput of(
      String name, Source source, byte[] value, Reason code, String field, int status) {
    return new BadInput(
        name,
        source,
        Bytes.wrap(value),
        code,
        field.isEmpty() ? Optional.empty() : Optional.of(field),
        status,
        code.name());
  }

  /** A usage of the customer with those further fields. */
  static String usageJson(String id, String more) {
    return "{\"id\":\"" + id + "\",\"customer\":\"" + CUSTOMER + "\"" + more + "}";
  }

  private static String grantJson(String id, String more) {
    return "{\"type\":\"grant\",\"id\":\""
        + id
        + "\",\"customer\":\""
        + CUSTOMER
        + "\""
        + more
        + "}";
  }

  /** All of them: bytes that are bad wherever they stand. */
  static List<BadInput> table() {
    List<BadInput> table = new ArrayList<>();
    text(table);
    fields(table);
    amounts(table);
    grants(table);
    return table;
  }

  private static void text(List<BadInput> table) {
    table.add(
        usage("nothing at all", "", Reason.UNREADABLE, "", 400).withRest(400, "VALUE_MISSING"));
    table.add(usage("white space", " \n\t ", Reason.UNREADABLE, "", 400));
    table.add(of("broken UTF-8", Source.USAGE, brokenUtf8(), Reason.UNREADABLE, "", 400));
    table.add(of("every byte there is", Source.USAGE, everyByte(), Reason.UNREADABLE, "", 400));
    table.add(
        usage(
            "truncated JSON",
            "{\"id\":\"t\",\"customer\":\"" + CUSTOMER + "\",\"cred",
            Reason.UNREADABLE,
            "",
            400));
    table.add(
        usage(
            "something after the JSON",
            usageJson("after", ",\"credits\":\"1\"") + "}",
            Reason.UNREADABLE,
            "",
            400));
    table.add(usage("a JSON string", "\"usage\"", Reason.UNREADABLE, "", 400));
    table.add(usage("a JSON null", "null", Reason.UNREADABLE, "", 400));
    table.add(
        usage(
            "a key twice",
            usageJson("twice", ",\"credits\":\"1\",\"credits\":\"2\""),
            Reason.UNREADABLE,
            "",
            400));
    table.add(
        usage(
            "deep nesting",
            usageJson("deep", ",\"credits\":\"1\",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000)),
            Reason.UNREADABLE,
            "",
            400));
    table.add(
        usage("nesting without an end", "{\"a\":".repeat(100_000), Reason.UNREADABLE, "", 400));
    table.add(
        usage(
                "two megabytes",
                usageJson("large", ",\"credits\":\"1\",\"x\":\"" + "x".repeat(2 << 20) + "\""),
                Reason.TOO_LARGE,
                "",
                413)
            .withRest(413, "BODY_TOO_LARGE"));
  }

  private static void fields(List<BadInput> table) {
    table.add(usage("an empty object", "{}", Reason.FIELD_MISSING, "id", 400));
    table.add(
        usage(
            "no id",
            "{\"customer\":\"" + CUSTOMER + "\",\"credits\":\"1\"}",
            Reason.FIELD_MISSING,
            "id",
            400));
    table.add(
        usage(
            "no customer",
            "{\"id\":\"no-customer\",\"credits\":\"1\"}",
            Reason.FIELD_MISSING,
            "customer",
            400));
    table.add(
        usage("no quantity", usageJson("no-quantity", ""), Reason.FIELD_MISSING, "quantity", 400));
    table.add(
        usage(
            "an id that is a number",
            "{\"id\":7,\"customer\":\"" + CUSTOMER + "\",\"credits\":\"1\"}",
            Reason.FIELD_INVALID,
            "id",
            400));
    table.add(
        usage(
            "a customer that is an array",
            "{\"id\":\"array\",\"customer\":[\"" + CUSTOMER + "\"],\"credits\":\"1\"}",
            Reason.FIELD_INVALID,
            "customer",
            400));
    table.add(
        usage(
            "credits that are a truth value",
            usageJson("flag", ",\"credits\":true"),
            Reason.FIELD_INVALID,
            "credits",
            400));
    table.add(
        usage(
            "a time that is none",
            usageJson("time", ",\"credits\":\"1\",\"occurred_at\":\"yesterday\""),
            Reason.FIELD_INVALID,
            "occurred_at",
            400));
    table.add(
        usage(
            "a customer of 300 characters",
            "{\"id\":\"long\",\"customer\":\"" + "c".repeat(300) + "\",\"credits\":\"1\"}",
            Reason.FIELD_INVALID,
            "customer",
            400));
    table.add(
        usage(
            "an empty customer",
            "{\"id\":\"empty\",\"customer\":\"\",\"credits\":\"1\"}",
            Reason.FIELD_INVALID,
            "customer",
            400));
    table.add(
        usage(
            "an unpaired surrogate",
            "{\"id\":\"surrogate-\\ud800\",\"customer\":\"" + CUSTOMER + "\",\"credits\":\"1\"}",
            Reason.FIELD_INVALID,
            "id",
            400));
    table.add(
        usage(
            "an unknown meter",
            usageJson("meter", ",\"meter\":\"nobody.knows\",\"quantity\":\"1\""),
            Reason.METER_UNKNOWN,
            "meter",
            404));
    table.add(
        usage(
            "an unknown type",
            usageJson("type", ",\"type\":\"gift\",\"credits\":\"1\""),
            Reason.TYPE_UNKNOWN,
            "type",
            400));
    table.add(
        usage(
            "a grant among usage",
            grantJson("smuggled", ",\"amount\":\"1000000\""),
            Reason.TYPE_UNKNOWN,
            "type",
            400));
    table.add(
        usage(
            "an expiry among usage",
            usageJson("expiry", ",\"type\":\"expire\",\"grant\":\"g\""),
            Reason.TYPE_UNKNOWN,
            "type",
            400));
    table.add(
        usage(
            "usage of last year",
            usageJson("old", ",\"credits\":\"1\",\"occurred_at\":\"2020-01-01T00:00:00Z\""),
            Reason.TOO_OLD,
            "occurred_at",
            422));
    table.add(
        usage(
            "usage of a far future",
            usageJson("future", ",\"credits\":\"1\",\"occurred_at\":\"2999-01-01T00:00:00Z\""),
            Reason.IN_FUTURE,
            "occurred_at",
            422));
  }

  private static void amounts(List<BadInput> table) {
    table.add(
        usage(
            "a negative quantity",
            usageJson("negative", ",\"meter\":\"tokens\",\"quantity\":\"-1\""),
            Reason.AMOUNT_NOT_POSITIVE,
            "quantity",
            422));
    table.add(
        usage(
            "a quantity of zero",
            usageJson("zero", ",\"meter\":\"tokens\",\"quantity\":0"),
            Reason.AMOUNT_NOT_POSITIVE,
            "quantity",
            422));
    table.add(
        usage(
            "negative credits",
            usageJson("negative-credits", ",\"credits\":\"-0.000001\""),
            Reason.AMOUNT_NOT_POSITIVE,
            "credits",
            422));
    table.add(
        usage(
            "zero credits",
            usageJson("zero-credits", ",\"credits\":\"0\""),
            Reason.AMOUNT_NOT_POSITIVE,
            "credits",
            422));
    table.add(
        usage(
            "credits with seven decimals",
            usageJson("decimals", ",\"credits\":\"0.0000001\""),
            Reason.FIELD_INVALID,
            "credits",
            400));
    table.add(
        usage(
            "a quantity with thirteen decimals",
            usageJson(
                "quantity-decimals", ",\"meter\":\"tokens\",\"quantity\":\"0.0000000000001\""),
            Reason.FIELD_INVALID,
            "quantity",
            400));
    table.add(
        usage(
            "10^30 credits",
            usageJson("huge", ",\"credits\":\"" + TEN_TO_THE_30TH + "\""),
            Reason.FIELD_INVALID,
            "credits",
            400));
    table.add(
        usage(
            "10^30 credits as a number",
            usageJson("huge-number", ",\"credits\":" + TEN_TO_THE_30TH),
            Reason.FIELD_INVALID,
            "credits",
            400));
    table.add(
        usage(
            "an exponent",
            usageJson("exponent", ",\"credits\":1e3"),
            Reason.FIELD_INVALID,
            "credits",
            400));
    table.add(
        usage(
            "NaN", usageJson("nan", ",\"credits\":\"NaN\""), Reason.FIELD_INVALID, "credits", 400));
    table.add(
        usage(
            "a quantity of 10^30",
            usageJson("huge-quantity", ",\"meter\":\"tokens\",\"quantity\":" + TEN_TO_THE_30TH),
            Reason.FIELD_INVALID,
            "quantity",
            400));
    table.add(
        usage(
            "a quantity that costs too much",
            usageJson("costly", ",\"meter\":\"tokens\",\"quantity\":\"100000000000000000\""),
            Reason.AMOUNT_OUT_OF_RANGE,
            "quantity",
            422));
    table.add(
        usage(
            "credits beside a quantity",
            usageJson("both", ",\"meter\":\"tokens\",\"quantity\":\"1\",\"credits\":\"1\""),
            Reason.FIELD_INVALID,
            "credits",
            400));
  }

  private static void grants(List<BadInput> table) {
    table.add(
        grant("a grant of nothing", grantJson("none", ""), Reason.FIELD_MISSING, "amount", 400));
    table.add(
        grant(
            "a grant below zero",
            grantJson("below", ",\"amount\":\"-5\""),
            Reason.AMOUNT_NOT_POSITIVE,
            "amount",
            422));
    table.add(
        grant(
            "a grant of 10^30",
            grantJson("huge-grant", ",\"amount\":\"" + TEN_TO_THE_30TH + "\""),
            Reason.FIELD_INVALID,
            "amount",
            400));
    table.add(
        grant(
            "a priority of 101",
            grantJson("priority", ",\"amount\":\"1\",\"priority\":101"),
            Reason.FIELD_INVALID,
            "priority",
            400));
    table.add(
        grant(
            "a grant of an unknown unit",
            grantJson("unit", ",\"amount\":\"1\",\"unit\":\"doubloons\""),
            Reason.UNIT_UNKNOWN,
            "unit",
            404));
    table.add(
        grant(
            "usage among grants",
            usageJson("usage", ",\"type\":\"usage\",\"credits\":\"1\""),
            Reason.TYPE_UNKNOWN,
            "type",
            400));
  }

  private static byte[] brokenUtf8() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("{\"id\":\"caf".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xe9);
    bytes.writeBytes(
        ("\",\"customer\":\"" + CUSTOMER + "\",\"credits\":\"1\"}")
            .getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  private static byte[] everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
