package io.creditledger.stripe.mirror;

import io.creditledger.core.catalog.Category;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.relay.SqlArrays;
import io.creditledger.stripe.rules.Metadata;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The journal's grants, kept by what each entry changes of them. */
final class GrantTable {

  private static final String ONE = " where customer = :customer and grant_id = :grant";

  private GrantTable() {}

  private record Key(CustomerId customer, GrantId grant) {}

  /** Writes what entries change. Movements of one grant are added up first: usage is many. */
  static void apply(Handle transaction, List<LedgerEntry> entries) {
    Map<Key, Moved> moved = new LinkedHashMap<>();
    for (LedgerEntry entry : entries) {
      CustomerId customer = entry.header().customer();
      for (GrantChange change : GrantChange.of(entry)) {
        switch (change) {
          case GrantChange.Made made -> insert(transaction, customer, made.made(), entry);
          case GrantChange.Moved move ->
              moved.merge(
                  new Key(customer, move.grant()),
                  Moved.NOTHING.plus(move.move(), move.amount()),
                  (before, unused) -> before.plus(move.move(), move.amount()));
          case GrantChange.Became became -> become(transaction, customer, became);
          case GrantChange.Extended extended -> extend(transaction, customer, extended);
        }
      }
    }
    move(transaction, moved);
  }

  private static void insert(
      Handle transaction, CustomerId customer, NewGrant made, LedgerEntry entry) {
    Grant grant = made.grant();
    GrantTerms terms = grant.terms();
    transaction
        .createUpdate(
            "insert into ledger_grant (customer, grant_id, unit, amount, category, priority,"
                + " effective_at, expires_at, scope_meters, scope_subscriptions, name,"
                + " from_stripe, state, made_at, unheld) values (:customer, :grant, :unit,"
                + " :amount, :category, :priority, :effectiveAt, :expiresAt, :meters,"
                + " :subscriptions, :name, :fromStripe, :state, :madeAt, :amount)")
        .bind("customer", customer.value())
        .bind("grant", grant.id().value())
        .bind("unit", terms.unit().value())
        .bind("amount", terms.amount().micros())
        .bind("category", terms.category().wireName())
        .bind("priority", terms.priority())
        .bind("effectiveAt", terms.effectiveAt())
        .bind("expiresAt", terms.expiresAt())
        .bindArray("meters", String.class, texts(terms.scope().meters(), MeterName::value))
        .bindArray(
            "subscriptions",
            String.class,
            texts(terms.scope().subscriptions(), SubscriptionId::value))
        .bind("name", made.details().name().orElse(grant.id().value()))
        .bind(
            "fromStripe",
            Optional.ofNullable(made.details().metadata().get(Metadata.STRIPE_CREDIT_GRANT)))
        .bind("state", grant.state().wireName())
        .bind("madeAt", entry.header().recordedAt())
        .execute();
  }

  private static <T> List<String> texts(List<T> values, Function<T, String> text) {
    return values.stream().map(text).toList();
  }

  private static void become(Handle transaction, CustomerId customer, GrantChange.Became became) {
    transaction
        .createUpdate("update ledger_grant set state = :state" + ONE)
        .bind("state", became.state().wireName())
        .bind("customer", customer.value())
        .bind("grant", became.grant().value())
        .execute();
  }

  private static void extend(
      Handle transaction, CustomerId customer, GrantChange.Extended extended) {
    transaction
        .createUpdate("update ledger_grant set expires_at = :expiresAt" + ONE)
        .bind("expiresAt", extended.expiresAt())
        .bind("customer", customer.value())
        .bind("grant", extended.grant().value())
        .execute();
  }

  private static void move(Handle transaction, Map<Key, Moved> moved) {
    if (moved.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        transaction.prepareBatch(
            "update ledger_grant set adjusted = adjusted + :adjusted, unheld = unheld + :unheld,"
                + " held = held + :held, consumed = consumed + :consumed,"
                + " expired = expired + :expired, voided = voided + :voided"
                + ONE);
    moved.forEach(
        (key, by) ->
            batch
                .bind("customer", key.customer().value())
                .bind("grant", key.grant().value())
                .bind("adjusted", by.adjusted())
                .bind("unheld", by.unheld())
                .bind("held", by.held())
                .bind("consumed", by.consumed())
                .bind("expired", by.expired())
                .bind("voided", by.voided())
                .add());
    batch.execute();
  }

  /** A grant, if the journal has it. */
  static Optional<LedgerGrant> find(Handle handle, CustomerId customer, GrantId grant) {
    return handle
        .createQuery("select * from ledger_grant" + ONE)
        .bind("customer", customer.value())
        .bind("grant", grant.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** All grants of some units, each customer's together. */
  static List<LedgerGrant> ofUnits(Handle handle, Set<Unit> units) {
    return handle
        .createQuery(
            "select * from ledger_grant where unit = any(:units) order by customer, grant_id")
        .bind("units", SqlArrays.texts(units, Unit::value))
        .map((row, context) -> read(row))
        .list();
  }

  private static LedgerGrant read(ResultSet row) throws SQLException {
    long granted = row.getLong("amount") + row.getLong("adjusted") - row.getLong("voided");
    return new LedgerGrant(
        new CustomerId(row.getString("customer")),
        new GrantId(row.getString("grant_id")),
        new Unit(row.getString("unit")),
        Category.ofWireName(row.getString("category")).orElseThrow(),
        row.getInt("priority"),
        instant(row, "effective_at").orElseThrow(),
        instant(row, "expires_at"),
        new Scope(
            strings(row, "scope_meters").stream().map(MeterName::new).toList(),
            strings(row, "scope_subscriptions").stream().map(SubscriptionId::new).toList()),
        row.getString("name"),
        Optional.ofNullable(row.getString("from_stripe")),
        GrantState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        instant(row, "made_at").orElseThrow(),
        Credits.ofMicros(granted),
        Credits.ofMicros(row.getLong("unheld") + row.getLong("held")));
  }

  private static List<String> strings(ResultSet row, String column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }

  /** The instant in a column, if there is one. */
  static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(time -> time.withOffsetSameInstant(ZoneOffset.UTC).toInstant());
  }
}
