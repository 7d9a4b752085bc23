package io.creditledger.core.account;

import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantDetails;

/**
 * What is kept of a grant for ever, beside the account.
 *
 * @param grant as it was when it was made or came to rest; while the account carries the grant, the
 *     account's is the true one
 * @param fingerprint of the event that made it
 */
public record GrantRecord(Grant grant, GrantDetails details, long fingerprint) {}
