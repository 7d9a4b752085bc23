/**
 * Does it hold for any history? Seeded random histories go through the engine and, beside it,
 * through a naive bookkeeper written from the rules alone; after every event the two must agree.
 */
package io.creditledger.core.property;
