package io.creditledger.streams.projection;

import io.creditledger.relay.Database;
import io.creditledger.relay.Relay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts new tables in the place of those in use, once they have all that those have. */
final class Swap {

  private static final Logger LOG = LoggerFactory.getLogger(Swap.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final int LOOKS_MAX = 250;

  private final Face face;
  private final Database live;
  private final Database fresh;

  Swap(Face face, Database live, Database fresh) {
    this.face = face;
    this.live = live;
    this.fresh = fresh;
  }

  /**
   * Swaps, if the new tables reach where the ones in use are while the projector is held; else
   * nothing is changed. A projector that was held goes on in the new tables, from their offsets.
   *
   * @param relay that fills the new tables; closed once they are level
   * @return whether they were swapped
   */
  boolean swapOnceLevel(Relay relay) throws InterruptedException {
    try {
      return live.jdbi().inTransaction(transaction -> swap(transaction, relay));
    } catch (JdbiException busy) {
      LOG.info("the statement's new tables wait to be put in use: {}", busy.getMessage());
      return false;
    }
  }

  private boolean swap(Handle transaction, Relay relay) throws InterruptedException {
    if (!reaches(transaction, "new.next_offset is null")) {
      // It has not even begun with some partition; the projector need not wait for that.
      return false;
    }
    // A report that runs for long on the old tables must not hold the projector for as long.
    transaction.execute("set local lock_timeout = '5s'");
    // Not a row's lock: a projector that waits for the table looks up its name again afterwards.
    transaction.execute("lock table " + face.tables() + ".relay_offset in access exclusive mode");
    String less = "new.next_offset is null or new.next_offset < old.next_offset";
    for (int looks = 0; !reaches(transaction, less); looks++) {
      if (looks == LOOKS_MAX) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }
    relay.close();
    // The pool's connections would keep the new tables' schema by a name that ends here.
    fresh.close();
    transaction.execute("alter schema " + face.tables() + " rename to " + face.replaced());
    transaction.execute("alter schema " + face.beside() + " rename to " + face.tables());
    face.show(transaction);
    return true;
  }

  /** Whether there is no partition of which the new tables have as little as the condition says. */
  private boolean reaches(Handle transaction, String less) {
    return transaction
        .createQuery(
            "select not exists (select from "
                + face.tables()
                + ".relay_offset old left join "
                + face.beside()
                + ".relay_offset new using (relay, topic, partition)"
                + " where "
                + less
                + ")")
        .mapTo(Boolean.class)
        .one();
  }
}
