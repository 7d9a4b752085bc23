/**
 * What the journal carries out: decisions, each complete enough that the next account follows from
 * the entry alone, without the event or the catalog. Pure values.
 */
package io.creditledger.core.entry;
