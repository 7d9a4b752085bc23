package io.creditledger.core.wire;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Balances;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.id.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A customer's latest balance, for those who keep a copy: by unit, and of each grant the account
 * carries what remains (held included) and what is held.
 */
public final class BalanceJson {

  /** The version of this format. */
  public static final int VERSION = 1;

  private BalanceJson() {}

  /** The bytes of the balance of an account at an instant. */
  public static byte[] write(Account account, Instant at) {
    List<Unit> units = Balances.units(account);
    return JsonWriter.write(
        json ->
            json.number(Field.VERSION, VERSION)
                .text(Field.CUSTOMER, account.customer().value())
                .number(Field.SEQUENCE, account.sequence())
                .time(Field.AT, at)
                .objects(Field.UNITS, units, unit -> unit(json, account, unit, at)));
  }

  private static void unit(JsonWriter json, Account account, Unit unit, Instant at) {
    UnitBalance balance = Balances.of(account, unit, at);
    json.text(Field.UNIT, unit.value())
        .amount(Field.SETTLED, balance.settled())
        .amount(Field.HELD, balance.held())
        .amount(Field.AVAILABLE, balance.available())
        .amount(Field.OVERAGE, balance.overage())
        .amount(Field.OVERDRAFT, balance.overdraft())
        .text(Field.LEVEL, balance.level().wireName())
        .objects(Field.GRANTS, grantsOf(account, unit), grant -> grant(json, grant));
  }

  private static List<Grant> grantsOf(Account account, Unit unit) {
    List<Grant> grants = new ArrayList<>(account.grants().size());
    for (Grant grant : account.grants()) {
      if (grant.terms().unit().equals(unit)) {
        grants.add(grant);
      }
    }
    return grants;
  }

  private static void grant(JsonWriter json, Grant grant) {
    json.text(Field.ID, grant.id().value())
        .amount(Field.REMAINING, grant.remaining())
        .amount(Field.HELD, grant.held());
  }
}
