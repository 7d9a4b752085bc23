package io.creditledger.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The catalog over HTTP, as YAML and as JSON. */
class CatalogTest {

  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void stop() {
    api.close();
  }

  private ApiClient.Answer put(String mediaType, String text) {
    return api.client.send("PUT", "/v1/catalog", text.getBytes(StandardCharsets.UTF_8), mediaType);
  }

  @Test
  void aCatalogIsPutInForceAndShown() {
    // when
    ApiClient.Answer put =
        put("application/yaml", "meters:\n  agent.task:\n    aggregation: count\n    credits: 2\n");
    ApiClient.Answer json = api.client.get("/v1/catalog");
    ApiClient.Answer yaml = api.client.get("/v1/catalog", "Accept", "application/yaml");
    // then
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    String version = put.json().path("version").asText();
    assertThat(put.json().path("meters").asInt()).isEqualTo(1);
    assertThat(json.json().path("version").asText()).isEqualTo(version);
    assertThat(json.header("ETag")).isEqualTo("\"" + version + "\"");
    assertThat(yaml.header("Content-Type")).isEqualTo("application/yaml");
    assertThat(yaml.text()).contains("\n  agent.task:\n");
    assertThat(put("application/yaml", yaml.text()).json().path("version").asText())
        .isEqualTo(version);
    assertThat(put("application/json", json.text()).json().path("version").asText())
        .isEqualTo(version);
    assertThat(api.client.get("/v1/catalog", "If-None-Match", json.header("ETag")).status())
        .isEqualTo(304);
  }

  @Test
  void whatIsWrongIsToldWithLineAndField() {
    ApiClient.Answer answer =
        put("application/yaml", "meters:\n  a:\n    aggregation: some\n  b:\n    credits: -1\n");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("CATALOG_INVALID");
    JsonNode errors = answer.json().path("errors");
    assertThat(errors.get(0).path("line").asInt()).isEqualTo(3);
    assertThat(errors.get(0).path("field").asText()).contains("aggregation");
    assertThat(errors.findValuesAsText("line")).contains("5");
    assertThat(api.ledger.catalog()).isEqualTo(ApiFixture.CATALOG);
  }

  @Test
  void whatIsNoYamlIsRefused() {
    assertThat(put("application/yaml", "a: [").code()).isEqualTo("CATALOG_INVALID");
    assertThat(put("application/yaml", "").code()).isEqualTo("CATALOG_INVALID");
    assertThat(
            api.client
                .send("PUT", "/v1/catalog", new byte[] {(byte) 0xff}, "application/yaml")
                .code())
        .isEqualTo("UNREADABLE");
  }
}
