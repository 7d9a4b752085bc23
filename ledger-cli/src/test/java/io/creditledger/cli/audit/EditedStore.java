package io.creditledger.cli.audit;

import io.creditledger.core.account.Account;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.Move;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.wire.AccountCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** The accounts' store of a service that is stopped, opened by somebody who should not. */
final class EditedStore {

  private EditedStore() {}

  /** Gives each open grant of a customer 1,000 credits more. */
  static void enrich(Path streams, CustomerId customer) throws Exception {
    boolean enriched = false;
    try (Stream<Path> all = Files.walk(streams)) {
      for (Path store : all.filter(path -> path.endsWith("rocksdb/accounts")).toList()) {
        enriched |= isEnriched(store, customer);
      }
    }
    if (!enriched) {
      throw new AssertionError("no store has the customer " + customer);
    }
  }

  private static boolean isEnriched(Path store, CustomerId customer) throws RocksDBException {
    byte[] key = customer.value().getBytes(StandardCharsets.UTF_8);
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    try (Options options = new Options()) {
      for (byte[] name : RocksDB.listColumnFamilies(options, store.toString())) {
        families.add(new ColumnFamilyDescriptor(name));
      }
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (DBOptions options = new DBOptions();
        RocksDB db = RocksDB.open(options, store.toString(), families, handles);
        RocksIterator accounts = db.newIterator()) {
      for (accounts.seekToFirst(); accounts.isValid(); accounts.next()) {
        if (Arrays.equals(accounts.key(), key)) {
          db.put(key, AccountCodec.write(enriched(AccountCodec.read(customer, accounts.value()))));
          return true;
        }
      }
      return false;
    } finally {
      handles.forEach(ColumnFamilyHandle::close);
    }
  }

  private static Account enriched(Account account) {
    List<Grant> grants =
        account.grants().stream()
            .map(
                grant ->
                    grant.state().ended()
                        ? grant
                        : grant.after(Move.ADJUST_UP, Credits.parse("1000")))
            .toList();
    return new Account(
        account.customer(),
        account.sequence(),
        account.chainedTo(),
        account.head(),
        account.lastInput(),
        account.settings(),
        grants,
        account.reservations(),
        account.series(),
        account.totals(),
        account.counts(),
        account.reminded(),
        account.topUp());
  }
}
