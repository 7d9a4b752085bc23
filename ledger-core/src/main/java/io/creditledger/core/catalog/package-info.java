/**
 * What is sold and how it is priced: units, meters with their rates, plans and policies. Immutable,
 * versioned by content, and free of clocks.
 *
 * <p>{@link io.creditledger.core.catalog.Rating} turns quantities into credits and is the one place
 * that rounds. Uses only {@code money} and {@code id}; everything that decides, and {@code wire},
 * may call it.
 */
package io.creditledger.core.catalog;
