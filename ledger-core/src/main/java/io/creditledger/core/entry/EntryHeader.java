package io.creditledger.core.entry;

import io.creditledger.core.event.Note;
import io.creditledger.core.event.Position;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import java.time.Instant;

/**
 * What every entry says of itself: order, cause and integrity.
 *
 * @param sequence the customer's entries counted from 1, without a gap
 * @param id the event's id
 * @param fingerprint of the event's content, to tell a duplicate from a reused id
 * @param position the input record
 * @param catalog version of the catalog by which it was decided
 * @param previous hash of the customer's previous entry, as bytes in the journal
 */
public record EntryHeader(
    CustomerId customer,
    long sequence,
    EventId id,
    long fingerprint,
    Position position,
    Instant occurredAt,
    Instant recordedAt,
    String catalog,
    Hash previous,
    Note note) {}
