package io.creditledger.stripe;

import io.creditledger.relay.Database;
import io.creditledger.relay.Topics;
import io.creditledger.stripe.catalog.CatalogFollower;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.publish.LedgerInput;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** What the parts share; made and closed by {@link StripeSync}. */
public record Services(
    StripeSyncConfig config,
    Topics topics,
    Database database,
    StripeCalls stripe,
    CatalogFollower catalog,
    LedgerInput ledger,
    PrometheusMeterRegistry metrics) {}
