package io.creditledger.stripe.usage;

import io.creditledger.core.account.Decision;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.stripe.FakeLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A ledger to which things happen when a test says so, and whose journal is at hand. */
public final class Journal {

  private final FakeLedger ledger;
  private final List<LedgerEntry> entries = new ArrayList<>();
  private Instant recordedAt = Instant.EPOCH;
  private int made;

  public Journal(String catalog) {
    ledger = new FakeLedger(CatalogYaml.parse("catalog.yaml", catalog), () -> recordedAt);
  }

  /** What it decided, in order. */
  public List<LedgerEntry> entries() {
    return entries;
  }

  /** The records of the topic, in order. */
  public List<ConsumerRecord<byte[], byte[]>> records() {
    return ledger.entries();
  }

  void grant(String customer, String amount, Instant at) {
    submit(
        new LedgerEvent.IssueGrant(
            next("g"),
            new CustomerId(customer),
            Credits.parse(amount),
            Optional.empty(),
            Category.PAID,
            GrantTerms.PRIORITY_DEFAULT,
            Optional.empty(),
            Optional.empty(),
            Scope.EVERYTHING,
            LedgerEvent.Activation.AT_ONCE,
            Optional.empty(),
            GrantDetails.NONE,
            Optional.empty(),
            Optional.of(at),
            Note.NONE),
        at);
  }

  /** Usage that is recorded when it occurs; the id by which it can be reversed. */
  public String use(String customer, String meter, String quantity, Instant at) {
    return use(customer, meter, quantity, at, at);
  }

  /** Usage that comes late; the id by which it can be reversed. */
  public String use(
      String customer, String meter, String quantity, Instant occurredAt, Instant recordedAt) {
    return use(
        customer,
        Optional.of(new MeterName(meter)),
        new Charge.Metered(Quantity.parse(quantity)),
        occurredAt,
        recordedAt);
  }

  /** Usage reported in credits, of that meter. */
  String useCredits(String customer, String meter, String credits, Instant at) {
    return use(
        customer,
        Optional.of(new MeterName(meter)),
        new Charge.Rated(Credits.parse(credits), Optional.empty()),
        at,
        at);
  }

  private String use(
      String customer, Optional<MeterName> meter, Charge charge, Instant at, Instant recordedAt) {
    EventId id = next("u");
    submit(
        new LedgerEvent.Usage(
            id,
            new CustomerId(customer),
            new Dimensions(meter, Optional.empty()),
            charge,
            Map.of(),
            Optional.of(at),
            Note.NONE),
        recordedAt);
    return id.value();
  }

  /** A reservation settled with that quantity; the id by which it can be reversed. */
  String settle(String customer, String meter, String held, String quantity, Instant at) {
    EventId reservation = next("r");
    submit(
        new LedgerEvent.Reserve(
            reservation,
            new CustomerId(customer),
            new Dimensions(Optional.of(new MeterName(meter)), Optional.empty()),
            new Charge.Metered(Quantity.parse(held)),
            Map.of(),
            new LedgerEvent.Lifetime.Default(),
            Optional.of(at),
            Note.NONE),
        at);
    submit(
        new LedgerEvent.Settle(
            next("s"),
            new CustomerId(customer),
            reservation,
            Optional.of(new Charge.Metered(Quantity.parse(quantity))),
            Map.of(),
            Optional.of(at),
            Note.NONE),
        at);
    return reservation.value();
  }

  /** All of a usage undone. */
  public void reverse(String customer, String usage, Instant at) {
    reverse(customer, usage, Optional.empty(), at);
  }

  /** So many credits of a usage undone. */
  void reverse(String customer, String usage, String credits, Instant at) {
    reverse(customer, usage, Optional.of(Credits.parse(credits)), at);
  }

  private void reverse(String customer, String usage, Optional<Credits> amount, Instant at) {
    submit(
        new LedgerEvent.Reverse(
            next("x"),
            new CustomerId(customer),
            new EventId(usage),
            amount,
            Optional.of(at),
            Note.NONE),
        at);
  }

  private EventId next(String kind) {
    made++;
    return new EventId(kind + made);
  }

  private void submit(LedgerEvent event, Instant at) {
    recordedAt = at;
    Decision decision = ledger.submit(event);
    if (!(decision instanceof Decision.Accepted accepted)) {
      throw new IllegalStateException(event + " became " + decision);
    }
    entries.add(accepted.entry());
  }
}
