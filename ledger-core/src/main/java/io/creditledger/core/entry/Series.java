package io.creditledger.core.entry;

import io.creditledger.core.grant.Recurring;
import io.creditledger.core.id.GrantId;
import java.time.Instant;

/**
 * A recurring grant (rule 19): which grant of it is current, and when the next one comes.
 *
 * @param id the id of its first grant, by which the series is known
 * @param period the current period; the first is 1
 * @param current the grant of the current period
 * @param anchor the instant from which periods are counted
 * @param boundary how many periods after the anchor the current one ends
 * @param renewsAt that instant, as computed when the period began
 */
public record Series(
    GrantId id,
    Recurring recurring,
    long period,
    GrantId current,
    Instant anchor,
    long boundary,
    Instant renewsAt) {}
