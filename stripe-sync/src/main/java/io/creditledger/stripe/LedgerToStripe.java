package io.creditledger.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.relay.Relay;
import io.creditledger.relay.Relay.Beginning;
import io.creditledger.relay.RelayStatus;
import io.creditledger.relay.Topics;
import io.creditledger.stripe.customer.CustomerEffect;
import io.creditledger.stripe.customer.UnknownCustomers;
import io.creditledger.stripe.effect.EffectKind;
import io.creditledger.stripe.effect.EffectLoop;
import io.creditledger.stripe.effect.EffectStatus;
import io.creditledger.stripe.invoice.DebitReader;
import io.creditledger.stripe.invoice.InvoiceCreditsEffect;
import io.creditledger.stripe.journal.JournalSink;
import io.creditledger.stripe.mirror.GrantSink;
import io.creditledger.stripe.mirror.MirrorEffect;
import io.creditledger.stripe.rules.StripeRules;
import io.creditledger.stripe.topup.TopUpEffect;
import io.creditledger.stripe.topup.TopUpRequests;
import io.creditledger.stripe.usage.SentUsage;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the ledger's decisions bring about in Stripe beside usage: grants stand there as credit
 * grants, credits pay for usage on invoices, and what is to be topped up is bought.
 */
final class LedgerToStripe implements Part {

  private static final String GRANTS = "stripe-grants";
  private static final String TOP_UPS = "stripe-top-ups";

  private final Services services;
  private final Relay journal;
  private final Relay alerts;
  private final EffectLoop effects;
  private final Optional<UnknownCustomers> unknown;

  LedgerToStripe(Services services) {
    this.services = services;
    Clock clock = services.config().clock();
    Topics topics = services.topics();
    TopUpRequests topUps = new TopUpRequests(clock);
    journal =
        new Relay(
            GRANTS,
            Set.of(topics.name(Topics.ENTRIES), topics.name(Topics.REJECTIONS)),
            Beginning.EARLIEST,
            services.config().kafka().reader(services.config().topicPrefix() + GRANTS),
            services.database(),
            new JournalSink(
                topics,
                List.of(
                    new GrantSink(services.config().rules().mirror(), clock),
                    new DebitReader(clock),
                    topUps)));
    // Whoever turns this on does not mean to pay for requests of long ago.
    alerts =
        new Relay(
            TOP_UPS,
            Set.of(topics.name(Topics.ALERTS)),
            Beginning.LATEST,
            services.config().kafka().reader(services.config().topicPrefix() + TOP_UPS),
            services.database(),
            topUps);
    effects = new EffectLoop(services.database(), clock, kinds(services));
    unknown =
        switch (services.config().rules().customers().unknown()) {
          case WAIT -> Optional.empty();
          case CREATE -> Optional.of(new UnknownCustomers(services.database(), clock));
        };
  }

  private static List<EffectKind> kinds(Services services) {
    Clock clock = services.config().clock();
    StripeRules rules = services.config().rules();
    return List.of(
        new MirrorEffect(services.database(), services.stripe(), rules, services.catalog(), clock),
        new InvoiceCreditsEffect(
            services.database(),
            services.stripe(),
            rules,
            services.catalog(),
            services.ledger(),
            SentUsage::isSent,
            clock),
        new CustomerEffect(services.database(), services.stripe()),
        new TopUpEffect(
            services.database(),
            services.stripe(),
            rules,
            services.catalog(),
            services.ledger(),
            clock));
  }

  @Override
  public void start() {
    journal.start();
    alerts.start();
    effects.start();
    unknown.ifPresent(UnknownCustomers::start);
  }

  @Override
  public void status(ObjectNode status) {
    services.database().jdbi().useHandle(handle -> EffectStatus.add(handle, status));
    add(status.putObject(GRANTS), journal.status());
    add(status.putObject(TOP_UPS), alerts.status());
  }

  private static void add(ObjectNode status, RelayStatus relay) {
    status
        .put("state", relay.state().name())
        .put("behind", relay.behind())
        .put("detail", relay.detail());
  }

  @Override
  public void close() {
    journal.close();
    alerts.close();
    unknown.ifPresent(UnknownCustomers::close);
    effects.close();
  }
}
