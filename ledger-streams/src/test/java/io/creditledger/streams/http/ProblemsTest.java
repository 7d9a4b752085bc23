package io.creditledger.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can be wrong with a request ends in a problem document with code and field. */
class ProblemsTest {

  private static ApiFixture api;

  @BeforeAll
  static void start() {
    api = new ApiFixture();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static void assertProblem(
      ApiClient.Answer answer, int status, String code, String field) {
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(answer.field()).as(answer.text()).isEqualTo(field);
    for (String always : List.of("type", "title", "detail", "remedy", "instance")) {
      assertThat(answer.json().path(always).asText()).as(always).isNotEmpty();
    }
    assertThat(answer.text()).doesNotContain("Exception").doesNotContain("<html");
  }

  @ParameterizedTest(name = "GET {0} is {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "/nowhere,                                            404, NOT_FOUND,         ''",
        "/,                                                   404, NOT_FOUND,         ''",
        "/v1/customers/cus_1/balance/,                        404, NOT_FOUND,         ''",
        "/v1/customers//balance,                              404, NOT_FOUND,         ''",
        "/v1/customers/cus_1/balance?consistency=soon,        400, PARAMETER_INVALID, consistency",
        "/v1/customers/cus_1/balance?unit=,                   400, PARAMETER_INVALID, unit",
        "/v1/customers/cus_1/balance?unit=a&unit=b,           400, PARAMETER_INVALID, unit",
        "/v1/customers/cus_1/balance?meter=%20,               400, PARAMETER_INVALID, meter",
        "/v1/customers/cus_1/balance?subcription=x,           400, PARAMETER_UNKNOWN, subcription",
        "/v1/customers/%20/balance,                           400, CUSTOMER_INVALID,  customer",
        "/v1/customers/a%00b/balance,                         400, CUSTOMER_INVALID,  customer",
        "/v1/customers/%ff/balance,                           400, PATH_INVALID,      ''",
        "/v1/customers/cus_1/balance?unit=%C3%28,             400, PATH_INVALID,      ''",
        "/v1/customers/cus_1/grants?limit=0,                  400, LIMIT_INVALID,     limit",
        "/v1/customers/cus_1/grants?limit=1001,               400, LIMIT_INVALID,     limit",
        "/v1/customers/cus_1/grants?limit=99999999999,        400, LIMIT_INVALID,     limit",
        "/v1/customers/cus_1/entries?limit=-1,                400, LIMIT_INVALID,     limit",
        "/v1/customers/cus_1/entries?limit=ten,               400, LIMIT_INVALID,     limit",
        "/v1/customers/cus_1/grants?cursor=x,                 400, CURSOR_INVALID,    cursor",
        "/v1/customers/cus_1/grants?cursor=99999999999999999999-1, 400, CURSOR_INVALID, cursor",
        "/v1/customers/cus_1/entries?before=0,                400, CURSOR_INVALID,    before",
        "/v1/customers/cus_1/grants?state=closed,             400, PARAMETER_INVALID, state",
      })
  void badReads(String path, int status, String code, String field) {
    assertProblem(api.client.get(path), status, code, field);
  }

  @Test
  void aCustomerIdOf300CharactersIsRefused() {
    String id = "x".repeat(300);
    assertProblem(
        api.client.get("/v1/customers/" + id + "/balance"), 400, "CUSTOMER_INVALID", "customer");
    assertProblem(
        api.client.post(
            "/v1/usage", "{\"id\":\"u\",\"customer\":\"" + id + "\",\"credits\":\"1\"}"),
        400,
        "FIELD_INVALID",
        "customer");
  }

  /** A body for POST /v1/usage, and what is wrong with it. */
  record Bad(String what, String body, int status, String code, String field) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Bad usage(String fields, int status, String code, String field) {
    return new Bad(fields, "{\"id\":\"u\"," + fields + "}", status, code, field);
  }

  static List<Bad> badBodies() {
    String customer = "\"customer\":\"cus_1\",";
    List<Bad> bad = new ArrayList<>();
    bad.add(new Bad("nothing", "", 400, "VALUE_MISSING", ""));
    bad.add(new Bad("null", "null", 400, "UNREADABLE", ""));
    bad.add(new Bad("a number", "7", 400, "UNREADABLE", ""));
    bad.add(new Bad("cut short", "{\"id\":\"u\",\"customer\":\"c", 400, "UNREADABLE", ""));
    bad.add(new Bad("a list cut short", "[{\"id\":\"u\"}", 400, "UNREADABLE", ""));
    bad.add(new Bad("more than one", "{} {}", 400, "UNREADABLE", ""));
    bad.add(new Bad("an empty list", "[]", 400, "BATCH_EMPTY", ""));
    bad.add(new Bad("too deep", "{\"a\":" + "[".repeat(50_000), 400, "UNREADABLE", ""));
    bad.add(new Bad("a deep list", "[".repeat(50_000), 400, "UNREADABLE", ""));
    bad.add(
        new Bad("no id", "{\"customer\":\"cus_1\",\"credits\":\"1\"}", 400, "FIELD_MISSING", "id"));
    bad.add(usage("\"credits\":\"1\"", 400, "FIELD_MISSING", "customer"));
    bad.add(usage("\"customer\":\"\",\"credits\":\"1\"", 400, "FIELD_INVALID", "customer"));
    bad.add(usage("\"customer\":7.5e1,\"credits\":\"1\"", 400, "FIELD_INVALID", "customer"));
    bad.add(usage(customer + "\"subscription\":\"s\"", 400, "FIELD_MISSING", "quantity"));
    bad.add(usage(customer + "\"credits\":[]", 400, "FIELD_INVALID", "credits"));
    bad.add(usage(customer + "\"credits\":\"1.2345678\"", 400, "FIELD_INVALID", "credits"));
    bad.add(usage(customer + "\"credits\":1e3", 400, "FIELD_INVALID", "credits"));
    bad.add(usage(customer + "\"credits\":\"1" + "0".repeat(30) + "\"", 0, "", "credits"));
    bad.add(usage(customer + "\"credits\":\"0\"", 422, "AMOUNT_NOT_POSITIVE", "credits"));
    bad.add(usage(customer + "\"credits\":\"-1\"", 422, "AMOUNT_NOT_POSITIVE", "credits"));
    bad.add(
        usage(
            customer + "\"meter\":\"agent.task\",\"quantity\":0",
            422,
            "AMOUNT_NOT_POSITIVE",
            "quantity"));
    bad.add(usage(customer + "\"meter\":\"nope\",\"quantity\":1", 404, "METER_UNKNOWN", "meter"));
    bad.add(usage(customer + "\"quantity\":1", 422, "METER_MISSING", "meter"));
    bad.add(usage(customer + "\"credits\":1,\"unit\":\"goodies\"", 404, "UNIT_UNKNOWN", "unit"));
    bad.add(usage(customer + "\"type\":\"grant\",\"amount\":1", 400, "TYPE_UNKNOWN", "type"));
    bad.add(
        usage(
            customer + "\"credits\":1,\"occurred_at\":\"now\"",
            400,
            "FIELD_INVALID",
            "occurred_at"));
    bad.add(
        usage(
            customer + "\"credits\":1,\"occurred_at\":\"2026-01-01T00:00:00Z\"",
            422,
            "TOO_OLD",
            "occurred_at"));
    bad.add(
        usage(
            customer + "\"credits\":1,\"occurred_at\":\"2026-11-21T11:00:00Z\"",
            422,
            "IN_FUTURE",
            "occurred_at"));
    return bad;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badBodies")
  void badUsage(Bad bad) {
    ApiClient.Answer answer = api.client.post("/v1/usage", bad.body());

    if (bad.status() == 0) {
      assertThat(answer.status()).isBetween(400, 422);
      assertThat(answer.field()).isEqualTo(bad.field());
    } else {
      assertProblem(answer, bad.status(), bad.code(), bad.field());
    }
  }

  @Test
  void brokenUtf8IsRefused() {
    byte[] body =
        "{\"id\":\"u\",\"customer\":\"cus_?\",\"credits\":\"1\"}"
            .getBytes(StandardCharsets.ISO_8859_1);
    body[body.length - 17] = (byte) 0xff;

    assertProblem(
        api.client.send("POST", "/v1/usage", body, ApiClient.JSON), 400, "UNREADABLE", "");
    byte[] list = Arrays.copyOf(body, body.length + 2);
    System.arraycopy(body, 0, list, 1, body.length);
    list[0] = '[';
    list[list.length - 1] = ']';
    assertThat(api.client.send("POST", "/v1/usage", list, ApiClient.JSON).status()).isEqualTo(400);
  }

  @Test
  void aBodyOfTwoMegabytesIsRefused() {
    byte[] body = new byte[2 << 20];
    Arrays.fill(body, (byte) ' ');

    assertProblem(
        api.client.send("POST", "/v1/usage", body, ApiClient.JSON), 413, "BODY_TOO_LARGE", "");
    assertThat(api.client.get("/health").status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0} {1} as {2} is {4}")
  @CsvSource({
    "POST,   /v1/usage,            text/plain,        415, UNSUPPORTED_MEDIA_TYPE, Content-Type",
    "POST,   /v1/usage,            application/json;charset=utf-16, 415, UNSUPPORTED_MEDIA_TYPE, Content-Type",
    "POST,   /v1/grants,           application/yaml,  415, UNSUPPORTED_MEDIA_TYPE, Content-Type",
    "PUT,    /v1/catalog,          text/html,         415, UNSUPPORTED_MEDIA_TYPE, Content-Type",
    "DELETE, /v1/usage,            application/json,  405, METHOD_NOT_ALLOWED,     ''",
    "GET,    /v1/usage,            application/json,  405, METHOD_NOT_ALLOWED,     ''",
    "PATCH,  /v1/customers/cus_1,  application/json,  405, METHOD_NOT_ALLOWED,     ''",
    "POST,   /health,              application/json,  405, METHOD_NOT_ALLOWED,     ''",
    "BREW,   /docs,                application/json,  405, METHOD_NOT_ALLOWED,     ''",
  })
  void wrongTypesAndMethods(
      String method, String path, String mediaType, int status, String code, String field) {
    ApiClient.Answer answer =
        api.client.send(method, path, "{}".getBytes(StandardCharsets.UTF_8), mediaType);

    assertProblem(answer, status, code, field);
    if (status == 405) {
      assertThat(answer.header("Allow")).contains("OPTIONS");
    }
  }

  @ParameterizedTest(name = "Prefer: {0}")
  @CsvSource({"wait=31", "wait=soon", "wait=-1", "wait", "'respond-async, wait=1.5'"})
  void badPreferences(String prefer) {
    assertProblem(
        api.client.post(
            "/v1/usage",
            "{\"id\":\"u\",\"customer\":\"cus_1\",\"credits\":\"1\"}",
            "Prefer",
            prefer),
        400,
        "PREFER_INVALID",
        "Prefer");
  }

  @Test
  void idsThatContradictEachOtherAreRefused() {
    String event = "{\"id\":\"u\",\"customer\":\"cus_1\",\"credits\":\"1\"}";
    String key = "Idempotency-Key";

    assertProblem(
        api.client.post("/v1/usage", event, key, "v"), 400, "IDEMPOTENCY_KEY_INVALID", key);
    assertProblem(
        api.client.post("/v1/usage", "[" + event + "]", key, "u"),
        400,
        "IDEMPOTENCY_KEY_INVALID",
        key);
    assertProblem(
        api.client.put("/v1/customers/cus_1", "{\"id\":\"c\",\"customer\":\"cus_2\"}"),
        400,
        "PATH_MISMATCH",
        "customer");
    assertProblem(
        api.client.post(
            "/v1/grants/g_1/void", "{\"id\":\"v\",\"customer\":\"cus_1\",\"grant\":\"g_2\"}"),
        400,
        "PATH_MISMATCH",
        "grant");
    assertProblem(
        api.client.put("/v1/customers/cus_1", "{\"plan\":\"plus\"}"), 400, "FIELD_MISSING", "id");
    assertProblem(
        api.client.put("/v1/customers/cus_1", "{\"id\":\"c\",\"plan\":\"gold\"}"),
        404,
        "PLAN_UNKNOWN",
        "plan");
  }

  @Test
  void whatIsNotAcceptedIsNotServed() {
    assertProblem(
        api.client.get("/v1/customers/c/balance", "Accept", "text/html"),
        406,
        "NOT_ACCEPTABLE",
        "Accept");
    assertThat(api.client.get("/v1/customers/c/balance", "Accept", "text/html, */*;q=0.1").status())
        .isEqualTo(200);
  }

  @Test
  void aStoreThatIsAwayIsToBeAskedAgain() {
    try (ApiFixture other = new ApiFixture()) {
      other.ledger.away = true;
      String event = "{\"id\":\"u\",\"customer\":\"cus_1\",\"credits\":\"1\"}";
      for (ApiClient.Answer answer :
          List.of(
              other.client.get("/v1/customers/c/balance"),
              other.client.post("/v1/usage", event),
              other.client.post("/v1/usage", event, "Prefer", "wait=5"),
              other.client.post("/v1/usage", "[" + event + "," + event + "]"))) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
      }
    }
  }

  @Test
  void aBugIsNamedByAnIdThatTheLogHas() {
    try (ApiFixture other = new ApiFixture()) {
      other.ledger.broken = true;

      ApiClient.Answer answer = other.client.get("/v1/customers/c/balance");

      assertProblem(answer, 500, "INTERNAL", "");
      assertThat(answer.json().path("instance").asText()).startsWith("urn:uuid:");
      assertThat(answer.text()).doesNotContain("secret");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "GET /v1/customers/%zz/balance HTTP/1.1|Host: a|,         PATH_INVALID",
    "GET /v1/customers/%f HTTP/1.1|Host: a|,                  PATH_INVALID",
    "GET /v1/customers/a;b=c/balances HTTP/1.1|Host: a|,      NOT_FOUND",
    "GET /v1/customers/a/balance?unit=%zz HTTP/1.1|Host: a|,  REQUEST_INVALID",
    "GET /health HTTP/1.1|Host localhost|,                    REQUEST_INVALID",
    "POST /v1/usage HTTP/1.1|Host: a|Content-Length: x|,      REQUEST_INVALID",
    "POST /v1/usage HTTP/1.1|Host: a|Content-Length: 99999999999|, BODY_TOO_LARGE",
    "POST /v1/usage HTTP/1.1|Host: a|Transfer-Encoding: chunked||zz|, REQUEST_INVALID",
  })
  void whatIsHardlyHttpIsAnsweredWithAProblemToo(String request, String code) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.api.port())) {
      socket.setSoTimeout(10_000);
      String text = request.replace("|", "\r\n") + "\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

      assertThat(in.readLine()).startsWith("HTTP/1.1 4");
      String line = in.readLine();
      boolean problem = false;
      while (!line.isEmpty()) {
        problem |= line.equalsIgnoreCase("Content-Type: application/problem+json");
        line = in.readLine();
      }
      assertThat(problem).isTrue();
      StringBuilder body = new StringBuilder();
      while (body.indexOf("}") < 0) {
        body.append((char) in.read());
      }
      assertThat(body).contains("\"code\":\"" + code + "\"");
    }
  }
}
