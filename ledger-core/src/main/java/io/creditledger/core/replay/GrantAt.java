package io.creditledger.core.replay;

import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.money.Credits;

/**
 * A grant as business time has it at an instant, see {@link AsOf}.
 *
 * @param terms with the end it had then
 * @param state by the calendar
 * @param granted the first amount and adjustments
 * @param remaining not gone, held included; may be below zero
 * @param held may be below zero
 */
public record GrantAt(
    GrantTerms terms, GrantState state, Credits granted, Credits remaining, Credits held) {}
