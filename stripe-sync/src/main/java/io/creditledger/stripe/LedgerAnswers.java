package io.creditledger.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.relay.Relay;
import io.creditledger.relay.Relay.Beginning;
import io.creditledger.relay.Topics;
import io.creditledger.stripe.journal.JournalSink;
import java.util.List;
import java.util.Set;

/** Learns what the ledger decided about what Stripe had told it. */
final class LedgerAnswers implements Part {

  private static final String NAME = "stripe-outcomes";

  private final Relay relay;

  LedgerAnswers(Services services, List<JournalSink.Reader> readers) {
    Topics topics = services.topics();
    this.relay =
        new Relay(
            NAME,
            Set.of(topics.name(Topics.ENTRIES), topics.name(Topics.REJECTIONS)),
            Beginning.EARLIEST,
            services.config().kafka().reader(services.config().topicPrefix() + NAME),
            services.database(),
            new JournalSink(topics, readers));
  }

  @Override
  public void start() {
    relay.start();
  }

  @Override
  public void status(ObjectNode status) {
    status
        .putObject(NAME)
        .put("state", relay.status().state().name())
        .put("behind", relay.status().behind())
        .put("detail", relay.status().detail());
  }

  @Override
  public void close() {
    relay.close();
  }
}
