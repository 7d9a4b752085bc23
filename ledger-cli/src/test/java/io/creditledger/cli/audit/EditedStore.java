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

  /** Gives the first customer with a grant 1,000 credits more, and tells who that is. */
  static String enrich(Path streams) throws Exception {
    try (Stream<Path> all = Files.walk(streams)) {
      for (Path store : all.filter(path -> path.endsWith("rocksdb/accounts")).sorted().toList()) {
        String customer = enrichFirst(store);
        if (!customer.isEmpty()) {
          return customer;
        }
      }
    }
    throw new AssertionError("no customer has a grant");
  }

  private static String enrichFirst(Path store) throws RocksDBException {
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
        CustomerId customer = new CustomerId(new String(accounts.key(), StandardCharsets.UTF_8));
        Account account = AccountCodec.read(customer, accounts.value());
        if (account.grants().stream().anyMatch(grant -> !grant.state().ended())) {
          db.put(accounts.key(), AccountCodec.write(enriched(account)));
          return customer.value();
        }
      }
      return "";
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
