package io.creditledger.core.grant;

import io.creditledger.core.catalog.IsoPeriod;
import io.creditledger.core.catalog.Recurrence;
import java.time.Instant;
import java.util.Optional;

/**
 * How one grant comes again (rule 19).
 *
 * @param anchor from which periods are counted; absent: when the first grant becomes effective
 * @param lifetime how long each grant of the series lives; absent: until the next one comes
 */
public record Recurring(
    Recurrence recurrence, Optional<Instant> anchor, Optional<IsoPeriod> lifetime) {}
