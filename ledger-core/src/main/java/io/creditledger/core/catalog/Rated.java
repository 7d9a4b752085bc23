package io.creditledger.core.catalog;

import io.creditledger.core.money.Credits;

/**
 * What usage costs, and why.
 *
 * @param credits the cost, rounded once
 * @param rate the rate it was computed with
 */
public record Rated(Credits credits, Rate rate) {}
