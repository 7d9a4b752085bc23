/**
 * What the topics carry in: requests to change a customer's account, already well formed. Nothing
 * here is decided yet. Pure values; made by {@code wire}, judged by {@code account}.
 */
package io.creditledger.core.event;
