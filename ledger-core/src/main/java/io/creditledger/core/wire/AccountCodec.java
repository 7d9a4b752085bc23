package io.creditledger.core.wire;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Debt;
import io.creditledger.core.account.UnitTotals;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.entry.CustomerSettings;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.event.Position;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.reservation.Reservation;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * Accounts in bytes, as the state store and its changelog hold them. Equal accounts give equal
 * bytes. The customer is the store's key and not repeated in the value.
 */
public final class AccountCodec {

  /** Version of the format, the first byte. */
  public static final int VERSION = 1;

  private static final int NO_INPUT = 0;

  private static final int SETTINGS_OVERDRAFT = 0x1;
  private static final int SETTINGS_LIMIT = 0x2;
  private static final int SETTINGS_ZONE = 0x4;
  private static final int SETTINGS_PLAN = 0x8;
  private static final int SETTINGS_ALERTS = 0x10;
  private static final int SETTINGS_TOP_UP = 0x20;
  private static final int SETTINGS_ALL = 0x3f;

  private AccountCodec() {}

  /** The account's bytes, without the customer. */
  public static byte[] write(Account account) {
    return BinaryWriter.write(account, AccountCodec::write);
  }

  private static void write(BinaryWriter out, Account account) {
    out.octet(VERSION);
    out.number(account.sequence());
    out.number(account.sequence() - account.chainedTo());
    out.hash(account.head());
    if (account.lastInput().isPresent()) {
      Parts.write(out, account.lastInput().get());
    } else {
      out.octet(NO_INPUT);
    }
    write(out, account.settings());
    Parts.write(out, account.grants(), GrantCodec::write);
    Parts.write(out, account.reservations(), AccountCodec::write);
    Parts.write(out, account.series(), GrantCodec::write);
    Parts.write(out, account.totals(), AccountCodec::write);
    Parts.write(out, account.counts(), WatchCodec::write);
    Parts.write(out, account.reminded(), WatchCodec::write);
    WatchCodec.write(out, account.topUp());
  }

  /**
   * The account of these bytes.
   *
   * @throws IllegalStateException if they are not an account of this version; the message says what
   *     is wrong and where
   */
  public static Account read(CustomerId customer, byte[] bytes) {
    return Parts.whole(
        "account " + customer, VERSION, bytes, in -> AccountCodec.account(customer, in));
  }

  private static Account account(CustomerId customer, BinaryReader in) {
    long sequence = in.number();
    return new Account(
        customer,
        sequence,
        sequence - in.number(),
        Hash.fromBytes(in.fixed(Hash.SIZE)),
        lastInput(in),
        settings(in),
        Parts.list(in, GrantCodec::grant),
        Parts.list(in, AccountCodec::reservation),
        Parts.list(in, GrantCodec::series),
        Parts.list(in, AccountCodec::totals),
        Parts.list(in, WatchCodec::count),
        Parts.list(in, WatchCodec::told),
        WatchCodec.topUpState(in));
  }

  private static Optional<Position> lastInput(BinaryReader in) {
    int code = in.octet();
    return code == NO_INPUT ? Optional.empty() : Optional.of(Parts.position(in, code));
  }

  private static void write(BinaryWriter out, CustomerSettings settings) {
    boolean zoned = !settings.timeZone().equals(CustomerSettings.DEFAULT.timeZone());
    boolean limited = settings.overdraft().flatMap(OverdraftPolicy::limit).isPresent();
    out.octet(
        (settings.overdraft().isPresent() ? SETTINGS_OVERDRAFT : 0)
            | (limited ? SETTINGS_LIMIT : 0)
            | (zoned ? SETTINGS_ZONE : 0)
            | (settings.plan().isPresent() ? SETTINGS_PLAN : 0)
            | (settings.alerts().isEmpty() ? 0 : SETTINGS_ALERTS)
            | (settings.topUp().isPresent() ? SETTINGS_TOP_UP : 0));
    settings
        .overdraft()
        .ifPresent(
            policy -> {
              out.octet(Codes.of(policy.overdraft()));
              policy.limit().ifPresent(limit -> Parts.write(out, limit));
            });
    if (zoned) {
      out.text(settings.timeZone().getId());
    }
    settings.plan().ifPresent(out::text);
    if (!settings.alerts().isEmpty()) {
      WatchCodec.write(out, settings.alerts());
    }
    settings.topUp().ifPresent(rule -> WatchCodec.write(out, rule));
  }

  private static CustomerSettings settings(BinaryReader in) {
    int flags = in.octet();
    if (flags == 0) {
      return CustomerSettings.DEFAULT;
    }
    if ((flags & ~SETTINGS_ALL) != 0) {
      throw in.damaged("unknown flags of settings: " + flags);
    }
    return new CustomerSettings(
        (flags & SETTINGS_OVERDRAFT) == 0
            ? Optional.empty()
            : Optional.of(
                new OverdraftPolicy(
                    Codes.overdraft(in.octet()),
                    (flags & SETTINGS_LIMIT) == 0
                        ? Optional.empty()
                        : Optional.of(Parts.credits(in)))),
        (flags & SETTINGS_ZONE) == 0 ? CustomerSettings.DEFAULT.timeZone() : ZoneId.of(in.text()),
        (flags & SETTINGS_PLAN) == 0 ? Optional.empty() : Optional.of(in.text()),
        (flags & SETTINGS_ALERTS) == 0 ? Map.of() : WatchCodec.alerts(in),
        (flags & SETTINGS_TOP_UP) == 0 ? Optional.empty() : Optional.of(WatchCodec.topUpRule(in)));
  }

  private static void write(BinaryWriter out, Reservation reservation) {
    out.text(reservation.id().value());
    Parts.write(out, reservation.unit());
    Parts.write(out, reservation.dimensions());
    Parts.write(out, reservation.properties());
    Parts.write(out, reservation.quantity(), WatchCodec::write);
    Parts.write(out, reservation.holds(), Parts::write);
    out.time(reservation.expiresAt());
    out.number(reservation.sequence());
  }

  private static Reservation reservation(BinaryReader in) {
    return new Reservation(
        new EventId(in.text()),
        Parts.unit(in),
        Parts.dimensions(in),
        Parts.map(in),
        Parts.optional(in, WatchCodec::quantity),
        Parts.list(in, Parts::allocation),
        in.time(),
        in.number());
  }

  private static void write(BinaryWriter out, UnitTotals totals) {
    Parts.write(out, totals.unit());
    Parts.write(out, totals.overage());
    Parts.write(out, totals.forgiven());
    Parts.write(out, totals.debts(), AccountCodec::write);
    out.octet(Codes.of(totals.level()));
  }

  private static UnitTotals totals(BinaryReader in) {
    return new UnitTotals(
        Parts.unit(in),
        Parts.credits(in),
        Parts.credits(in),
        Parts.list(in, AccountCodec::debt),
        Codes.level(in.octet()));
  }

  private static void write(BinaryWriter out, Debt debt) {
    Parts.write(out, debt.dimensions());
    Parts.write(out, debt.outstanding());
    Parts.write(out, debt.repaid(), Parts::write);
  }

  private static Debt debt(BinaryReader in) {
    return new Debt(Parts.dimensions(in), Parts.credits(in), Parts.list(in, Parts::allocation));
  }
}
