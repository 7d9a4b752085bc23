/**
 * Grants: what a customer was given, the order in which it burns, and how one amount is taken from
 * several of them. Pure values; called by {@code account}, by codecs and by views.
 */
package io.creditledger.core.grant;
