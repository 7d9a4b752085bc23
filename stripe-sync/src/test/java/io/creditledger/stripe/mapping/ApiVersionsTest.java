package io.creditledger.stripe.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.event.LedgerEvent.IssueGrant;
import io.creditledger.core.grant.CostBasis;
import io.creditledger.core.money.Quantity;
import io.creditledger.stripe.InboxRig;
import io.creditledger.stripe.Shopkeeper;
import io.creditledger.stripe.SyncFixture;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiVersionsTest {

  @RegisterExtension final SyncFixture fixture = new SyncFixture();

  @ParameterizedTest
  @ValueSource(
      strings = {"2024-06-20", "2025-02-24.acacia", "2025-03-31.basil", "2027-03-31.fennel"})
  void a_subscription_grants_the_same_whatever_version_shapes_its_events(String version)
      throws Exception {
    try (InboxRig rig = new InboxRig(fixture, InboxRig.CATALOG, InboxRig.RULES, version)) {
      // given
      Shopkeeper shop = new Shopkeeper(fixture);

      // when
      shop.subscribe(shop.named("ann"), shop.plan("plus", 3900));
      rig.settle();

      // then
      assertThat(rig.version(rig.events("invoice.paid").getFirst())).isEqualTo(version);
      IssueGrant grant = rig.grants().getFirst();
      assertThat(rig.grants()).hasSize(1);
      assertThat(grant.effectiveAt()).contains(SyncFixture.START);
      assertThat(grant.expiresAt()).contains(Instant.parse("2026-12-01T00:00:00Z"));
      assertThat(grant.details().costBasis()).contains(new CostBasis(Quantity.parse("39"), "usd"));
    }
  }

  @Test
  void versions_are_known_from_the_first_with_prices_to_the_newest_major() {
    assertThat(ApiVersion.isKnown("2020-08-27")).isTrue();
    assertThat(ApiVersion.isKnown("2026-10-28.endive")).isTrue();
    assertThat(ApiVersion.isKnown("2020-03-02")).isFalse();
    assertThat(ApiVersion.isKnown("2026-08-26.preview")).isFalse();
    assertThat(ApiVersion.isKnown("2027-03-31.fennel")).isFalse();
    assertThat(ApiVersion.isKnown("")).isFalse();
  }
}
