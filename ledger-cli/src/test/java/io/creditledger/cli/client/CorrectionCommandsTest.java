package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changes grants and books: where each is sent, and with what. */
class CorrectionCommandsTest {

  private static final String DUPLICATE = "{\"id\":\"x\",\"outcome\":\"duplicate\",\"of\":12}";

  private final StubLedger stub = new StubLedger();
  private final Cli cli = new Cli(stub.address());

  @AfterEach
  void close() {
    stub.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "reverse cus_1 u/1 | POST /v1/usage/u%2F1/reverse | {'customer':'cus_1'}",
        "reverse cus_1 u_1 --amount 1.5 --id v_1 --description failed --actor ann"
            + " | POST /v1/usage/u_1/reverse"
            + " | {'customer':'cus_1','id':'v_1','amount':'1.5','description':'failed','actor':'ann'}",
        "adjust cus_1 -20 --id a_1 | POST /v1/adjustments"
            + " | {'customer':'cus_1','id':'a_1','amount':'-20'}",
        "adjust cus_1 -0.000001 --id a_1 --grant g_1 | POST /v1/adjustments"
            + " | {'customer':'cus_1','id':'a_1','amount':'-0.000001','grant':'g_1'}",
        "adjust cus_1 5 --id a_1 --unit images --expires 2026-12-01 | POST /v1/adjustments"
            + " | {'customer':'cus_1','id':'a_1','amount':'5','unit':'images',"
            + "'expires_at':'2026-12-01T00:00:00Z'}",
        "debit cus_1 5 --id fee_1 --subscription sub_1 --unit credits | POST /v1/debits"
            + " | {'customer':'cus_1','id':'fee_1','credits':'5','subscription':'sub_1',"
            + "'unit':'credits'}",
        "confirm cus_1 g_1 | POST /v1/grants/g_1/confirm | {'customer':'cus_1'}",
        "cancel cus_1 g_1 --id c_1 | POST /v1/grants/g_1/cancel | {'customer':'cus_1','id':'c_1'}",
        "extend cus_1 g_1 --id x_1 --expires-at 2027-01-01T00:00:00+01:00 | PATCH /v1/grants/g_1"
            + " | {'customer':'cus_1','id':'x_1','expires_at':'2026-12-31T23:00:00Z'}",
        "extend cus_1 g_1 --id x_1 --never --metadata ticket=T-7 | PATCH /v1/grants/g_1"
            + " | {'customer':'cus_1','id':'x_1','expires_at':null,'metadata':{'ticket':'T-7'}}",
        "extend cus_1 g_1 --id x_1 --metadata a=1 --metadata b=2 | PATCH /v1/grants/g_1"
            + " | {'customer':'cus_1','id':'x_1','metadata':{'a':'1','b':'2'}}",
        "top-up fail cus_1 top-up-1 --description declined | POST /v1/top-ups/top-up-1/fail"
            + " | {'customer':'cus_1','description':'declined'}",
        "top-up cancel cus_1 top-up-1 | POST /v1/top-ups/top-up-1/cancel | {'customer':'cus_1'}",
        "grant cus_1 5 --id g_1 --pending --top-up top-up-1 --metadata a=1 --actor ann"
            + " | POST /v1/grants"
            + " | {'customer':'cus_1','id':'g_1','amount':'5','pending':true,'top_up':'top-up-1',"
            + "'metadata':{'a':'1'},'actor':'ann'}",
        "usage cus_1 --credits 1 --id u_1 --description tried --actor ann --metadata a=1"
            + " | POST /v1/usage"
            + " | {'customer':'cus_1','id':'u_1','credits':'1','description':'tried',"
            + "'actor':'ann','metadata':{'a':'1'}}",
      })
  void whatIsAskedForIsSent(String line, String request, String body) throws IOException {
    stub.answers(200, DUPLICATE);

    Cli.Result result = cli.run(line.split(" ", -1));

    assertThat(result.status()).as(result.err()).isZero();
    StubLedger.Received received = stub.request();
    assertThat(received.method() + " " + received.target()).isEqualTo(request);
    assertThat(received.prefer()).isEqualTo("wait=10");
    assertThat(received.json()).isEqualTo(LedgerClient.MAPPER.readTree(body.replace('\'', '"')));
    assertThat(result.out())
        .isEqualTo("x had been recorded before, as entry 12; nothing has changed.\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void whatCanBeDoneTwiceGetsAnIdThatIsTold() throws IOException {
    for (String line :
        new String[] {"adjust cus_1 5", "debit cus_1 5", "extend cus_1 g_1 --never"}) {
      stub.answers(200, DUPLICATE);

      Cli.Result result = cli.run(line.split(" ", -1));

      String id = stub.request().json().path("id").asText();
      assertThat(id).as(line).isNotEmpty();
      assertThat(result.err()).isEqualTo("id: " + id + "\n");
    }
  }
}
