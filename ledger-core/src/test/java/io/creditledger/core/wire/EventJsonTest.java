package io.creditledger.core.wire;

import static io.creditledger.core.wire.EventJsonRefusalTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.event.Charge;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.event.Source;
import io.creditledger.core.grant.CostBasis;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJsonTest {

  @Test
  void usageNeedsNoTypeOnItsOwnTopic() {
    assertThat(
            read(
                Source.USAGE,
                """
                {"id":"evt_1","customer":"cus_1","meter":"llm.input_tokens","quantity":"1250",
                 "occurred_at":"2026-11-21T10:00:00Z","subscription":"sub_1",
                 "properties":{"model":"m-large","user":"u_7","object":"/projects/9"}}
                """))
        .isEqualTo(
            new LedgerEvent.Usage(
                new EventId("evt_1"),
                new CustomerId("cus_1"),
                new Dimensions(
                    Optional.of(new MeterName("llm.input_tokens")),
                    Optional.of(new SubscriptionId("sub_1"))),
                new Charge.Metered(Quantity.of(1250)),
                Map.of("model", "m-large", "user", "u_7", "object", "/projects/9"),
                Optional.of(Instant.parse("2026-11-21T10:00:00Z")),
                Note.NONE));
  }

  @Test
  void aGrantNeedsNoTypeOnItsOwnTopic() {
    LedgerEvent event =
        read(
            Source.GRANT,
            """
            {"id":"g_1","customer":"cus_1","amount":"3900","unit":"credits","priority":10,
             "expires_at":"2026-12-01T00:00:00+01:00","scope":{"meters":["m"],"subscriptions":[]},
             "name":"Plus plan","cost_basis":{"amount":39.00,"currency":"USD"},
             "metadata":{"invoice":"in_1"},"event_metadata":{"trace":"t"}}
            """);

    assertThat(event)
        .isInstanceOfSatisfying(
            LedgerEvent.IssueGrant.class,
            grant -> {
              assertThat(grant.grant()).isEqualTo(new GrantId("g_1"));
              assertThat(grant.amount()).isEqualTo(Credits.parse("3900"));
              assertThat(grant.priority()).isEqualTo(10);
              assertThat(grant.expiresAt()).contains(Instant.parse("2026-11-30T23:00:00Z"));
              assertThat(grant.scope())
                  .isEqualTo(new Scope(List.of(new MeterName("m")), List.of()));
              assertThat(grant.details().costBasis())
                  .contains(new CostBasis(Quantity.of(39), "usd"));
              assertThat(grant.details().metadata()).isEqualTo(Map.of("invoice", "in_1"));
              assertThat(grant.note().metadata()).isEqualTo(Map.of("trace", "t"));
              assertThat(grant.activation()).isEqualTo(LedgerEvent.Activation.AT_ONCE);
            });
  }

  @Test
  void usageOfACountingMeterNeedsNoQuantity() {
    assertThat(read(Source.USAGE, "{'id':'e','customer':'c','meter':'agent.task'}"))
        .isInstanceOfSatisfying(
            LedgerEvent.Usage.class,
            usage -> assertThat(usage.charge()).isEqualTo(new Charge.Counted()));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"3.5\"', 3.5",
    "3.5, 3.5",
    "3.500000, 3.5",
    "3.50000000000, refused",
    "'-0', 0",
    "-2, -2",
    "0.000001, 0.000001",
    "9223372036854.775807, 9223372036854.775807",
    "9223372036854.775808, refused"
  })
  void anAmountIsTakenByItsDigits(String json, String amount) {
    Reading reading =
        EventJson.read(Source.USAGE, json("{'id':'e','customer':'c','credits':" + json + "}"));

    if (amount.equals("refused")) {
      assertThat(reading).isInstanceOf(Reading.Unreadable.class);
    } else {
      assertThat(reading)
          .isInstanceOfSatisfying(
              Reading.Read.class,
              read ->
                  assertThat(((LedgerEvent.Usage) read.event()).charge())
                      .isEqualTo(new Charge.Rated(Credits.parse(amount), Optional.empty())));
    }
  }

  @Test
  void unknownFieldsAreIgnored() {
    String known = "'id':'e','customer':'c','credits':'1'";

    assertThat(read(Source.USAGE, "{" + known + ",'extra':{'deep':[1,{'x':null}]},'more':1}"))
        .isEqualTo(read(Source.USAGE, "{" + known + "}"));
  }

  @Test
  void nullIsTheSameAsAbsent() {
    assertThat(
            read(
                Source.USAGE,
                """
                {"id":"e","customer":"c","credits":"1","unit":null,"meter":null,"properties":null,
                 "occurred_at":null,"description":null,"quantity":null}
                """))
        .isEqualTo(read(Source.USAGE, "{'id':'e','customer':'c','credits':'1'}"));
  }

  @Test
  void propertiesAreKeptAsText() {
    assertThat(
            read(
                Source.USAGE,
                "{'id':'e','customer':'c','credits':1,'properties':{'a':1.50,'b':true,'c':null}}"))
        .isInstanceOfSatisfying(
            LedgerEvent.Usage.class,
            usage -> assertThat(usage.properties()).isEqualTo(Map.of("a", "1.50", "b", "true")));
  }

  @Test
  void anExtensionTellsNeverFromUnchanged() {
    String extend = "{'type':'extend','id':'e','customer':'c','grant':'g'";

    assertThat(end(extend + ",'expires_at':null}")).isEqualTo(new LedgerEvent.NewEnd.Never());
    assertThat(end(extend + "}")).isEqualTo(new LedgerEvent.NewEnd.Unchanged());
    assertThat(end(extend + ",'expires_at':'2027-01-01T00:00:00Z'}"))
        .isEqualTo(new LedgerEvent.NewEnd.At(Instant.parse("2027-01-01T00:00:00Z")));
  }

  private static LedgerEvent.NewEnd end(String json) {
    return ((LedgerEvent.ExtendGrant) read(Source.GRANT, json)).end();
  }

  @Test
  void aReservationLivesForATimeOrUntilATime() {
    String reserve = "{'type':'reserve','id':'r','customer':'c','credits':'75'";

    assertThat(lifetime(reserve + ",'ttl':'PT15M'}"))
        .isEqualTo(new LedgerEvent.Lifetime.For(Duration.ofMinutes(15)));
    assertThat(lifetime(reserve + ",'expires_at':'2027-01-01T00:00:00Z'}"))
        .isEqualTo(new LedgerEvent.Lifetime.Until(Instant.parse("2027-01-01T00:00:00Z")));
    assertThat(lifetime(reserve + "}")).isEqualTo(new LedgerEvent.Lifetime.Default());
  }

  private static LedgerEvent.Lifetime lifetime(String json) {
    return ((LedgerEvent.Reserve) read(Source.USAGE, json)).lifetime();
  }

  @Test
  void aSettlementWithoutAChargeIsAllThatIsHeld() {
    assertThat(read(Source.USAGE, "{'type':'settle','id':'s','customer':'c','reservation':'r'}"))
        .isInstanceOfSatisfying(
            LedgerEvent.Settle.class, settle -> assertThat(settle.charge()).isEmpty());
  }

  @Test
  void timersMayUseLongerIdsThanCallers() {
    String id = "x".repeat(255);

    assertThat(
            read(
                Source.EXPIRY,
                "{'type':'lapse','id':'" + id + "','customer':'c','reservation':'r'}"))
        .isInstanceOf(LedgerEvent.ReservationExpiry.class);
  }

  private static LedgerEvent read(Source source, String json) {
    return switch (EventJson.read(source, json(json))) {
      case Reading.Read read -> read.event();
      case Reading.Unreadable refused -> throw new AssertionError(refused.toString());
    };
  }
}
