package io.creditledger.core.wire;

import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.grant.CostBasis;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.money.Quantity;

/** What is kept of a grant for ever, in bytes. The grant's id is among them. */
public final class GrantRecordCodec {

  /** Version of the format, the first byte. */
  public static final int VERSION = 1;

  private GrantRecordCodec() {}

  /** The record's bytes. */
  public static byte[] write(GrantRecord record) {
    return BinaryWriter.write(record, GrantRecordCodec::write);
  }

  private static void write(BinaryWriter out, GrantRecord record) {
    out.octet(VERSION);
    out.bits(record.fingerprint());
    GrantCodec.write(out, record.grant());
    GrantDetails details = record.details();
    Parts.write(out, details.name(), BinaryWriter::text);
    Parts.write(
        out,
        details.costBasis(),
        (o, cost) -> {
          o.text(cost.amount().toString());
          o.text(cost.currency());
        });
    Parts.write(out, details.metadata());
  }

  /**
   * The record of these bytes.
   *
   * @throws IllegalStateException if they are not a record of this version; the message says what
   *     is wrong and where
   */
  public static GrantRecord read(byte[] bytes) {
    return Parts.whole("a grant's record", VERSION, bytes, GrantRecordCodec::record);
  }

  private static GrantRecord record(BinaryReader in) {
    long fingerprint = in.bits();
    Grant grant = GrantCodec.grant(in);
    return new GrantRecord(
        grant,
        new GrantDetails(
            Parts.optional(in, BinaryReader::text),
            Parts.optional(in, one -> new CostBasis(Quantity.parse(one.text()), one.text())),
            Parts.map(in)),
        fingerprint);
  }
}
