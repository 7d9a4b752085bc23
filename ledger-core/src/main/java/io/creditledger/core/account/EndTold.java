package io.creditledger.core.account;

import io.creditledger.core.id.GrantId;
import java.time.Instant;

/** That a grant's end is near was told; of another end of it, it would be told again. */
public record EndTold(GrantId grant, Instant end) {}
