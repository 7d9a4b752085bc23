package io.creditledger.core.entry;

import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;

/** Overdraft of some dimensions that a grant repaid when it became effective. */
public record Repayment(GrantId grant, Dimensions dimensions, Credits amount) {}
