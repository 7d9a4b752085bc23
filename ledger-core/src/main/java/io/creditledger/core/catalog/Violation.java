package io.creditledger.core.catalog;

/**
 * One way in which a part of a catalog is not as promised.
 *
 * @param field the field within the part, as it is written on the wire; {@code rates[2]} is an
 *     item; empty: the part as a whole
 * @param message what is wrong with it, such as {@code is negative: -1}
 */
public record Violation(String field, String message) {}
