package io.creditledger.core.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.PolicyInForce;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.RateChoice;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.scenario.MemoryLedger;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  private static final CustomerId CUSTOMER = new CustomerId("cus_1");

  private static final Catalog CATALOG =
      CatalogYaml.parse(
          "test.yaml",
          """
          meters:
            tokens:
              overdraft: {policy: carry}
              rates:
                - {credits: 1, per: 1000}
                - {credits: 3, per: 1000, match: {model: large}}
                - {credits: 4, per: 1000, match: {model: large}, effective_from: "2026-02-01T00:00:00Z"}
                - {credits: 9, per: 1000, match: {model: huge}}
                - {credits: 2, per: 1000, match: {region: eu}}
          """);

  private final MemoryLedger ledger = new MemoryLedger(CATALOG);
  private final List<Account> befores = new ArrayList<>();
  private long offset;

  private Decision submit(Source source, String at, String json) {
    Reading reading =
        EventJson.read(
            source,
            json.replace("{", "{\"customer\":\"cus_1\",").getBytes(StandardCharsets.UTF_8),
            CATALOG);
    LedgerEvent event = ((Reading.Read) reading).event();
    Account before = ledger.account(CUSTOMER);
    Decision decision =
        ledger.submit(new Input(event, new Position(source, 0, offset++), Instant.parse(at)));
    if (decision instanceof Decision.Accepted) {
      befores.add(before);
    }
    return decision;
  }

  private void granted(String json) {
    assertThat(submit(Source.GRANT, "2026-01-01T00:00:00Z", json))
        .isInstanceOf(Decision.Accepted.class);
  }

  private void used(String at, String json) {
    assertThat(submit(Source.USAGE, at, json)).isInstanceOf(Decision.Accepted.class);
  }

  private Inquiry inquiry(String id) {
    Inquiry inquiry =
        new Inquiry(
            new EventId(id),
            version -> Optional.of(CATALOG).filter(one -> one.version().equals(version)));
    for (int i = 0; i < befores.size(); i++) {
      inquiry.see(befores.get(i), ledger.entries(CUSTOMER).get(i));
    }
    return inquiry;
  }

  private Explanation explanation(String id) {
    return inquiry(id).explanation().orElseThrow();
  }

  @Test
  void the_closest_rate_applied_and_each_other_says_why_not() {
    // given
    used(
        "2026-01-10T00:00:00Z",
        """
        {"id":"u_1","meter":"tokens","quantity":"2000","properties":{"model":"large"}}""");

    // when
    Pricing.Metered pricing = (Pricing.Metered) explanation("u_1").pricing();

    // then
    assertThat(pricing.credits()).isEqualTo(Credits.parse("6"));
    assertThat(pricing.applied().place()).isEqualTo(1);
    assertThat(pricing.rates())
        .extracting(RateChoice::verdict, RateChoice::why)
        .containsExactly(
            tuple(RateChoice.Verdict.LESS_SPECIFIC, "matches 0 properties, the one that applied 1"),
            tuple(RateChoice.Verdict.APPLIED, "matches model=\"large\""),
            tuple(
                RateChoice.Verdict.NOT_YET_EFFECTIVE,
                "is in effect from 2026-02-01T00:00:00Z, it occurred at 2026-01-10T00:00:00Z"),
            tuple(
                RateChoice.Verdict.PROPERTY_DIFFERS,
                "asks for model=\"huge\", the usage has model=\"large\""),
            tuple(
                RateChoice.Verdict.PROPERTY_DIFFERS,
                "asks for region=\"eu\", the usage has no region"));
  }

  @Test
  void a_later_rate_replaces_the_one_before_and_the_first_in_the_catalog_breaks_a_tie() {
    // given
    used(
        "2026-02-10T00:00:00Z",
        """
        {"id":"u_1","meter":"tokens","quantity":"1","properties":{"model":"large"}}""");
    used(
        "2026-01-10T00:00:00Z",
        """
        {"id":"u_2","meter":"tokens","quantity":"1","properties":{"model":"large","region":"eu"}}""");

    // when
    Pricing.Metered later = (Pricing.Metered) explanation("u_1").pricing();
    Pricing.Metered tied = (Pricing.Metered) explanation("u_2").pricing();

    // then
    assertThat(later.applied().place()).isEqualTo(2);
    assertThat(later.rates().get(1).verdict()).isEqualTo(RateChoice.Verdict.REPLACED);
    assertThat(tied.applied().place()).isEqualTo(1);
    assertThat(tied.rates().get(4).verdict()).isEqualTo(RateChoice.Verdict.SECOND);
  }

  @Test
  void each_grant_in_burn_order_says_what_it_paid_or_why_nothing() {
    // given
    granted("{\"type\":\"grant\",\"id\":\"g_spare\",\"amount\":\"50\",\"priority\":90}");
    granted("{\"type\":\"grant\",\"id\":\"g_main\",\"amount\":\"5\",\"priority\":20}");
    granted(
        """
        {"type":"grant","id":"g_other","amount":"5","priority":10,"scope":{"meters":["images"]}}"""
            .replace("{\"customer\":\"cus_1\",\"meters\"", "{\"meters\""));
    granted(
        """
        {"type":"grant","id":"g_old","amount":"5","priority":5,"expires_at":"2026-01-05T00:00:00Z"}""");
    granted(
        """
        {"type":"grant","id":"g_next","amount":"5","priority":6,"effective_at":"2026-02-01T00:00:00Z"}""");
    granted(
        "{\"type\":\"grant\",\"id\":\"g_held\",\"amount\":\"2\",\"priority\":7,\"expires_at\":\"2027-01-01T00:00:00Z\"}");
    used(
        "2026-01-02T00:00:00Z",
        """
        {"type":"reserve","id":"r_1","credits":"7","ttl":"PT24H"}""");

    // when
    used("2026-01-10T00:00:00Z", "{\"id\":\"u_1\",\"credits\":\"8\"}");

    // then
    Explanation explanation = explanation("u_1");
    assertThat(explanation.grants())
        .extracting(
            verdict -> verdict.before().id().value(),
            GrantVerdict::verdict,
            verdict -> verdict.paid().toString())
        .containsExactly(
            tuple("g_old", GrantVerdict.Verdict.EXPIRED, "0"),
            tuple("g_next", GrantVerdict.Verdict.NOT_YET_EFFECTIVE, "0"),
            tuple("g_held", GrantVerdict.Verdict.ALL_HELD, "0"),
            tuple("g_other", GrantVerdict.Verdict.OUT_OF_SCOPE, "0"),
            tuple("g_main", GrantVerdict.Verdict.PAID, "5"),
            tuple("g_spare", GrantVerdict.Verdict.PAID, "3"));
    assertThat(explanation.before().available()).isEqualTo(Credits.parse("60"));
    assertThat(explanation.after().available()).isEqualTo(Credits.parse("52"));
    assertThat(explanation.grants().getLast().after().unheld()).isEqualTo(Credits.parse("47"));
  }

  @Test
  void what_no_grant_covered_names_the_policy_and_who_set_it() {
    // given
    granted("{\"type\":\"grant\",\"id\":\"g_1\",\"amount\":\"1\"}");

    // when
    used("2026-01-10T00:00:00Z", "{\"id\":\"u_1\",\"meter\":\"tokens\",\"quantity\":\"3000\"}");
    used("2026-01-10T00:00:00Z", "{\"id\":\"u_2\",\"credits\":\"2\"}");

    // then
    assertThat(explanation("u_1").shortfall())
        .isEqualTo(new Shortfall(Shortfall.Kind.OVERDRAFT, Credits.parse("2")));
    assertThat(explanation("u_1").policy().whose()).isEqualTo(PolicyInForce.Whose.METER);
    assertThat(explanation("u_2").shortfall().kind()).isEqualTo(Shortfall.Kind.OVERAGE);
    assertThat(explanation("u_2").policy().whose()).isEqualTo(PolicyInForce.Whose.CATALOG);
  }

  @Test
  void a_reservation_and_its_settlement_are_linked_both_ways_and_to_their_reversals() {
    // given
    granted("{\"type\":\"grant\",\"id\":\"g_1\",\"amount\":\"10\"}");
    used("2026-01-02T00:00:00Z", "{\"type\":\"reserve\",\"id\":\"r_1\",\"credits\":\"4\"}");
    used(
        "2026-01-02T00:01:00Z",
        "{\"type\":\"settle\",\"id\":\"s_1\",\"reservation\":\"r_1\",\"credits\":\"3\"}");
    used(
        "2026-01-02T00:02:00Z",
        "{\"type\":\"reverse\",\"id\":\"v_1\",\"usage\":\"r_1\",\"amount\":\"1\"}");

    // when
    Inquiry reservation = inquiry("r_1");
    Inquiry settlement = inquiry("s_1");

    // then
    assertThat(reservation.links())
        .extracting(Link::relation, link -> link.id().value(), link -> link.credits().toString())
        .containsExactly(
            tuple(Link.Relation.SETTLED_BY, "s_1", "3"),
            tuple(Link.Relation.REVERSED_BY, "v_1", "1"));
    assertThat(settlement.links())
        .extracting(Link::relation, link -> link.id().value(), link -> link.credits().toString())
        .containsExactly(
            tuple(Link.Relation.RESERVED_BY, "r_1", "4"),
            tuple(Link.Relation.REVERSED_BY, "v_1", "1"));
    assertThat(settlement.explanation().orElseThrow().grants().getFirst().paid())
        .isEqualTo(Credits.parse("3"));
  }

  @Test
  void a_refused_usage_tells_which_grants_could_have_paid_a_part() {
    // given
    granted("{\"type\":\"grant\",\"id\":\"g_1\",\"amount\":\"3\"}");
    LedgerEvent event =
        ((Reading.Read)
                EventJson.read(
                    Source.USAGE,
                    """
                    {"type":"reserve","id":"r_1","customer":"cus_1","credits":"4"}"""
                        .getBytes(StandardCharsets.UTF_8),
                    CATALOG))
            .event();
    Input input =
        new Input(event, new Position(Source.USAGE, 0, 7), Instant.parse("2026-01-02T00:00:00Z"));

    // when
    RefusedUsage refused = RefusedUsage.of(ledger.account(CUSTOMER), input, CATALOG).orElseThrow();

    // then
    assertThat(refused.grants())
        .extracting(GrantVerdict::verdict, GrantVerdict::why)
        .containsExactly(
            tuple(GrantVerdict.Verdict.COULD_PAY, "had 3 for it; the usage was refused whole"));
    assertThat(refused.balance().available()).isEqualTo(Credits.parse("3"));
  }
}
