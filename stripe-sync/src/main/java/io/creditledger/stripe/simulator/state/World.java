package io.creditledger.stripe.simulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The simulated account: its tables, its ids, its time. Everything in it that must survive a
 * restart is a row of a table.
 */
public final class World {

  public static final String CUSTOMERS = "customer";
  public static final String CLOCKS = "test_helpers.test_clock";

  private final Map<String, Table> tables = new TreeMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final InstantSource source;
  private final String salt;
  private long offsetSeconds;
  private long minted;
  private OptionalLong asOf = OptionalLong.empty();

  /**
   * An empty account.
   *
   * @param source the time of everything that hangs on no test clock
   */
  public World(InstantSource source) {
    this.source = source;
    this.salt = Long.toString(source.millis() / 1000, 36);
  }

  /** Does something with nothing else going on. */
  public <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Does something with nothing else going on. */
  public void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  public Table table(String kind) {
    return tables.computeIfAbsent(kind, Table::new);
  }

  /** A new id, unlike every one before it: prefix, start of this account, running number. */
  public String mint(String prefix) {
    minted++;
    return prefix + "_" + salt + String.format(Locale.ROOT, "%08d", minted);
  }

  /** The account's time in seconds since 1970. */
  public long now() {
    return asOf.orElseGet(() -> source.instant().getEpochSecond() + offsetSeconds);
  }

  /** The account's time. */
  public Instant instant() {
    return asOf.isPresent()
        ? Instant.ofEpochSecond(asOf.getAsLong())
        : source.instant().plusSeconds(offsetSeconds);
  }

  /** Does something as if the account's time were an earlier one: what was due then. */
  public void asOf(long time, Runnable work) {
    asOf = OptionalLong.of(time);
    try {
      work.run();
    } finally {
      asOf = OptionalLong.empty();
    }
  }

  /** Moves the account's time; it goes on running from there. Test clocks do not follow. */
  public void setNow(Instant now) {
    offsetSeconds = now.getEpochSecond() - source.instant().getEpochSecond();
  }

  /** The time that a customer lives in: the test clock's if there is one. */
  public long now(ObjectNode customer) {
    return Json.text(customer, "test_clock").map(this::clockTime).orElseGet(this::now);
  }

  /** The time of a customer by id; the account's if there is no such customer. */
  public long now(String customerId) {
    return table(CUSTOMERS).find(customerId).map(this::now).orElseGet(this::now);
  }

  private long clockTime(String clock) {
    return table(CLOCKS)
        .find(clock)
        .map(row -> Json.number(row, "frozen_time"))
        .orElseGet(this::now);
  }

  /** Whatever object has that id. */
  public Optional<ObjectNode> find(String id) {
    return tables.values().stream().flatMap(table -> table.find(id).stream()).findFirst();
  }

  /** Everything, table by table. */
  public ObjectNode dump() {
    ObjectNode dump = Json.object();
    tables.forEach(
        (kind, table) -> table.all().forEach(row -> dump.withArray("/" + kind).add(row)));
    return dump.deepCopy();
  }

  /** What a snapshot holds. */
  public ObjectNode save() {
    ObjectNode saved = Json.object().put("minted", minted).put("offset_seconds", offsetSeconds);
    saved.set("tables", dump());
    return saved;
  }

  /** Takes over a snapshot. Only for a world that is still empty. */
  public void load(JsonNode saved) {
    minted = Json.number(saved, "minted");
    offsetSeconds = Json.number(saved, "offset_seconds");
    saved
        .path("tables")
        .properties()
        .forEach(
            entry ->
                Json.objects(saved.path("tables"), entry.getKey())
                    .forEach(row -> table(entry.getKey()).put(row)));
  }
}
