package io.creditledger.cli.bench.core;

import io.creditledger.cli.bench.rig.Grants;
import io.creditledger.cli.bench.rig.Spread;
import io.creditledger.cli.bench.rig.UsageTraffic;
import io.creditledger.core.account.Account;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.account.Memory;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.AccountCodec;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.Reading;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One usage of a customer, step by step. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CoreBenchmarks {

  private static final Instant RECORDED = Instant.parse("2026-11-28T12:00:00Z");

  /** The customer's open grants. */
  @Param({"3", "100"})
  public int grants;

  private Catalog catalog;
  private CustomerId customer;
  private byte[] json;
  private Input input;
  private Account account;
  private byte[] stored;
  private LedgerEntry entry;

  /** Grants the credits and reads the usage once. */
  @Setup
  public void prepare() {
    catalog = CatalogYaml.parse("the bench", UsageTraffic.CATALOG);
    customer = new CustomerId(UsageTraffic.customer(0));
    account = Account.empty(customer);
    Grants given = new Grants(1, grants);
    for (int i = 0; i < given.count(); i++) {
      LedgerEvent grant = event(Source.GRANT, given.record("grants", i).value());
      Decision.Accepted made =
          accepted(new Input(grant, new Position(Source.GRANT, 0, i), RECORDED));
      account = made.applied().account().chained(Hash.of(EntryJson.write(made.entry())));
    }
    json = UsageTraffic.of(new Spread.OneCustomer()).next("usage").value();
    input = new Input(event(Source.USAGE, json), new Position(Source.USAGE, 0, 0), RECORDED);
    stored = AccountCodec.write(account);
    entry = accepted(input).entry();
  }

  /** Decide and apply: what becomes of the usage, and the account after it. */
  @Benchmark
  public Decision decideAndApply() {
    return Ledger.decide(account, Memory.EMPTY, input, catalog);
  }

  /** The stored account to objects. */
  @Benchmark
  public Account accountDecode() {
    return AccountCodec.read(customer, stored);
  }

  /** The account to what is stored. */
  @Benchmark
  public byte[] accountEncode() {
    return AccountCodec.write(account);
  }

  /** The usage's JSON to an event. */
  @Benchmark
  public Reading jsonDecode() {
    return EventJson.read(Source.USAGE, json, catalog);
  }

  /** The entry to the journal's JSON. */
  @Benchmark
  public byte[] jsonEncode() {
    return EntryJson.write(entry);
  }

  private static LedgerEvent event(Source source, byte[] value) {
    return ((Reading.Read) EventJson.read(source, value)).event();
  }

  private Decision.Accepted accepted(Input one) {
    return (Decision.Accepted) Ledger.decide(account, Memory.EMPTY, one, catalog);
  }
}
