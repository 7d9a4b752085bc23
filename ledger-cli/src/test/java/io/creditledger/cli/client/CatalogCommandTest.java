package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogCommandTest {

  private final StubLedger stub = new StubLedger();
  private final Cli cli = new Cli(stub.address());

  @TempDir private Path directory;

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void aFileIsPutInForceAsItIs() throws IOException {
    Path file = Files.writeString(directory.resolve("c.yaml"), "default_unit: credits\n");
    stub.answers(200, "{\"version\":\"5d41402abc4b\",\"units\":1,\"meters\":3,\"plans\":0}");

    Cli.Result result = cli.run("catalog", "apply", file.toString());

    assertThat(result.status()).isZero();
    assertThat(stub.request().method()).isEqualTo("PUT");
    assertThat(stub.request().contentType()).isEqualTo("application/yaml");
    assertThat(stub.request().body()).isEqualTo("default_unit: credits\n");
    assertThat(result.out())
        .isEqualTo("Catalog 5d41402abc4b is in force; units: 1, meters: 3, plans: 0.\n");
  }

  @Test
  void eachErrorIsToldWithItsPlaceInTheFile() throws IOException {
    Path file = Files.writeString(directory.resolve("c.json"), "{}");
    stub.answers(
        422,
        """
        {"status":422,"code":"CATALOG_INVALID","detail":"body:2:3 …","remedy":"correct it",\
        "errors":[{"line":2,"column":3,"field":"meters.x","detail":"has no rate"},\
        {"line":9,"column":1,"field":"plan","detail":"is unknown"}]}""");

    Cli.Result result = cli.run("catalog", "apply", file.toString());

    assertThat(result.status()).isEqualTo(1);
    assertThat(stub.request().contentType()).isEqualTo("application/json");
    assertThat(result.err())
        .isEqualTo(
            "error CATALOG_INVALID: the catalog is not valid\n  "
                + file
                + ":2:3: meters.x: has no rate\n  "
                + file
                + ":9:1: plan: is unknown\n");
  }

  @Test
  void theCatalogIsShownAsYamlOrJson() {
    stub.answers(200, "default_unit: credits\n").answers(200, "{\"default_unit\":\"credits\"}");

    Cli.Result yaml = cli.run("catalog", "show");
    Cli.Result json = cli.run("catalog", "show", "--json");

    assertThat(yaml.out()).isEqualTo("default_unit: credits\n");
    assertThat(stub.requests().getFirst().accept()).startsWith("application/yaml");
    assertThat(json.out()).isEqualTo("{\"default_unit\":\"credits\"}\n");
    assertThat(stub.requests().getLast().accept()).startsWith("application/json");
  }
}
