package io.creditledger.core.entry;

import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantDetails;

/** A grant as an entry makes it, before any posting of that entry. */
public record NewGrant(Grant grant, GrantDetails details) {}
