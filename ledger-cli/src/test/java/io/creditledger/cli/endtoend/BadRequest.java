package io.creditledger.cli.endtoend;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One request about a reservation that asks for what cannot be, and the problem that says so. It is
 * a customer under the policy {@code reject} who has 100 credits, of which the reservation {@code
 * open} holds 60; another, {@code gone}, has run out.
 *
 * @param field that the problem names; empty where no field is at fault
 */
record BadRequest(String name, String path, String body, int status, String code, String field) {

  static final String CUSTOMER = "cus_tasks";

  private static final String RESERVATIONS = "/v1/reservations";
  private static final String PREVIEW = "/v1/preview";

  @Override
  public String toString() {
    return name;
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  /** A body of the customer with those further fields. */
  static String json(String more) {
    return "{\"customer\":\"" + CUSTOMER + "\"" + more + "}";
  }

  private static BadRequest reserve(
      String name, String more, int status, String code, String field) {
    return new BadRequest(name, RESERVATIONS, json(",\"id\":\"bad\"" + more), status, code, field);
  }

  private static BadRequest end(
      String name, String path, String more, int status, String code, String field) {
    return new BadRequest(name, RESERVATIONS + path, json(more), status, code, field);
  }

  private static BadRequest preview(String name, String body, int status, String code, String of) {
    return new BadRequest("a preview of " + name, PREVIEW, body, status, code, of);
  }

  static List<BadRequest> table() {
    List<BadRequest> table = new ArrayList<>();
    String credits = ",\"credits\":\"1\"";
    table.add(reserve("no amount", "", 400, "FIELD_MISSING", "quantity"));
    table.add(reserve("nothing", ",\"credits\":\"0\"", 422, "AMOUNT_NOT_POSITIVE", "credits"));
    table.add(reserve("too much", ",\"credits\":\"41\"", 402, "INSUFFICIENT_CREDITS", "credits"));
    table.add(reserve("a ttl of a year", credits + ttl("P365D"), 422, "TTL_TOO_LONG", "ttl"));
    table.add(reserve("a ttl of days", credits + ttl("PT24H0.001S"), 422, "TTL_TOO_LONG", "ttl"));
    table.add(reserve("a calendar's year", credits + ttl("P1Y"), 400, "FIELD_INVALID", "ttl"));
    table.add(reserve("a ttl of nothing", credits + ttl("PT0S"), 422, "TTL_NOT_POSITIVE", "ttl"));
    table.add(reserve("a ttl below zero", credits + ttl("-PT5M"), 422, "TTL_NOT_POSITIVE", "ttl"));
    table.add(reserve("a ttl in words", credits + ttl("an hour"), 400, "FIELD_INVALID", "ttl"));
    table.add(
        reserve("usage in disguise", credits + ",\"type\":\"usage\"", 400, "TYPE_UNKNOWN", "type"));
    table.add(
        end("settle what is not", "/nobody/settle", "", 404, "RESERVATION_UNKNOWN", "reservation"));
    table.add(
        end(
            "release what is not",
            "/nobody/release",
            "",
            404,
            "RESERVATION_UNKNOWN",
            "reservation"));
    table.add(
        end("settle what ran out", "/gone/settle", "", 409, "RESERVATION_EXPIRED", "reservation"));
    table.add(
        end(
            "release what ran out",
            "/gone/release",
            "",
            409,
            "RESERVATION_EXPIRED",
            "reservation"));
    table.add(
        end(
            "settle above what is left",
            "/open/settle",
            ",\"credits\":\"100.000001\"",
            402,
            "INSUFFICIENT_CREDITS",
            "credits"));
    table.add(
        end(
            "settle below zero",
            "/open/settle",
            ",\"credits\":\"-1\"",
            422,
            "AMOUNT_NOT_POSITIVE",
            "credits"));
    table.add(
        end(
            "settle another than the path's",
            "/open/settle",
            ",\"reservation\":\"other\"",
            400,
            "PATH_MISMATCH",
            "reservation"));
    table.add(preview("words", "nonsense", 400, "UNREADABLE", ""));
    table.add(preview("nothing", "", 400, "VALUE_MISSING", ""));
    table.add(preview("nobody's event", "{}", 400, "FIELD_MISSING", "customer"));
    table.add(preview("an unknown type", json(",\"type\":\"gift\""), 400, "TYPE_UNKNOWN", "type"));
    table.add(preview("a timer's event", json(",\"type\":\"lapse\""), 400, "TYPE_UNKNOWN", "type"));
    table.add(
        preview("many credits", json(",\"credits\":\"many\""), 400, "FIELD_INVALID", "credits"));
    return table;
  }

  private static String ttl(String text) {
    return ",\"ttl\":\"" + text + "\"";
  }
}
