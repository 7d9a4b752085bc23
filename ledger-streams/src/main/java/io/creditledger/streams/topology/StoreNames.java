package io.creditledger.streams.topology;

/** The state stores' names. Each but the catalog has a changelog topic named for it. */
public final class StoreNames {

  /** Customer to account. */
  public static final String ACCOUNTS = "accounts";

  /** Customer and event id to memo, bounded by time. */
  public static final String PROCESSED_IDS = "processed-ids";

  /** Customer and grant id to what is kept of a grant for ever. */
  public static final String GRANTS = "grants";

  /** Due time and customer: whose timers to look at, and when. */
  public static final String TIMERS = "timers";

  /** Catalog version to catalog, and which is in force; the same on every instance. */
  public static final String CATALOG = "catalog";

  private StoreNames() {}
}
