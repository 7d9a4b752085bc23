package io.creditledger.stripe.reconcile;

import io.creditledger.core.entry.LedgerEntry;
import java.util.List;
import java.util.function.Consumer;

/** The journal from its beginning. */
@FunctionalInterface
interface JournalSource {

  /**
   * Reads what lies before the fence and returns at the fence.
   *
   * @param reader is given the entries in batches, each customer's in order
   */
  void read(Fence fence, Consumer<List<LedgerEntry>> reader);
}
