package io.creditledger.stripe.usage;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.rules.RulesYaml;
import io.creditledger.stripe.usage.MeterAggregator.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MeterAggregatorTest {

  private final Journal journal = new Journal(UsageBench.CATALOG);

  @Test
  void usage_adds_up_by_customer_meter_and_window() {
    journal.use("ann", "tokens", "3", START);
    journal.use("ann", "tokens", "4", START.plusSeconds(59));
    journal.use("ann", "tokens", "5", START.plusSeconds(60));
    journal.use("ann", "pages", "6", START);
    journal.use("bob", "tokens", "7", START);

    assertThat(windows("{tokens: {send: all, in: quantity}, pages: {send: all, in: quantity}}"))
        .containsExactly(
            Map.entry("ann pages 00:00:00Z-00:01:00Z", "6"),
            Map.entry("ann tokens 00:00:00Z-00:01:00Z", "7"),
            Map.entry("ann tokens 00:01:00Z-00:02:00Z", "5"),
            Map.entry("bob tokens 00:00:00Z-00:01:00Z", "7"));
  }

  @Test
  void only_what_the_rules_name_is_counted() {
    journal.use("ann", "tokens", "3", START);
    journal.use("ann", "pages", "6", START);
    journal.use("ann", "hours", "1", START);

    assertThat(windows("{tokens: {send: all}, pages: {send: none}}"))
        .containsExactly(Map.entry("ann tokens 00:00:00Z-00:01:00Z", "1.5"));
  }

  @Test
  void overage_is_what_no_grant_covered() {
    journal.grant("ann", "2", START);
    journal.use("ann", "tokens", "3", START);
    journal.use("ann", "tokens", "3", START.plusSeconds(1));

    assertThat(windows("{tokens: {send: overage}}"))
        .containsExactly(Map.entry("ann tokens 00:00:00Z-00:01:00Z", "1"));
    assertThat(windows("{tokens: {send: overage, in: quantity}}"))
        .containsExactly(Map.entry("ann tokens 00:00:00Z-00:01:00Z", "2"));
  }

  @Test
  void a_settled_reservation_counts_with_what_it_came_to() {
    journal.grant("ann", "100", START);
    journal.settle("ann", "tokens", "20", "8", START);

    assertThat(windows("{tokens: {send: all, in: quantity}}"))
        .containsExactly(Map.entry("ann tokens 00:00:00Z-00:01:00Z", "8"));
  }

  @Test
  void a_reversal_counts_in_the_window_of_what_it_undoes() {
    String usage = journal.use("ann", "tokens", "10", START);
    journal.reverse("ann", usage, "1", START.plus(Duration.ofDays(3)));

    assertThat(windows("{tokens: {send: all, in: quantity}}"))
        .containsExactly(Map.entry("ann tokens 00:00:00Z-00:01:00Z", "8"));
  }

  @Test
  void a_reversal_finds_usage_that_was_counted_before() {
    String usage = journal.use("ann", "tokens", "10", START);
    MeterAggregator first = add("{tokens: {send: all}}", Map.of(), journal.entries());
    journal.reverse("ann", usage, START.plusSeconds(600));

    MeterAggregator second =
        add("{tokens: {send: all}}", first.lines(), List.of(journal.entries().getLast()));

    assertThat(text(second)).containsExactly(Map.entry("ann tokens 00:00:00Z-00:01:00Z", "-5"));
    assertThat(second.lines()).hasSize(1);
  }

  @Test
  void a_reversal_of_what_was_not_sent_takes_nothing_back() {
    journal.grant("ann", "2", START);
    String covered = journal.use("ann", "tokens", "3", START);
    String none = journal.use("ann", "pages", "3", START);
    journal.reverse("ann", covered, START.plusSeconds(1));
    journal.reverse("ann", none, START.plusSeconds(1));

    assertThat(windows("{tokens: {send: overage}}")).isEmpty();
  }

  @Test
  void a_reversal_goes_by_the_rule_that_its_usage_was_counted_by() {
    String usage = journal.use("ann", "tokens", "10", START);
    MeterAggregator first = add("{tokens: {send: all, in: quantity}}", Map.of(), journal.entries());
    journal.reverse("ann", usage, START.plusSeconds(600));

    MeterAggregator second =
        add("{tokens: {send: none}}", first.lines(), List.of(journal.entries().getLast()));

    assertThat(text(second)).containsExactly(Map.entry("ann tokens 00:00:00Z-00:01:00Z", "-10"));
  }

  @Test
  void usage_in_credits_cannot_be_counted_in_quantity() {
    journal.useCredits("ann", "tokens", "5", START);
    LedgerEntry entry = journal.entries().getFirst();

    assertThat(aggregator("{tokens: {send: all, in: quantity}}", Map.of()).add(entry))
        .isEqualTo(Verdict.NO_QUANTITY);
    assertThat(aggregator("{tokens: {send: all, in: credits}}", Map.of()).add(entry))
        .isEqualTo(Verdict.DONE);
  }

  @Test
  void windows_are_cut_at_the_customers_own_periods() {
    journal.use("ann", "tokens", "2", START.plusSeconds(10));
    journal.use("ann", "tokens", "4", START.plusSeconds(20));
    journal.use("bob", "tokens", "6", START.plusSeconds(20));
    Instant boundary = START.plusSeconds(20);

    MeterAggregator aggregator =
        new MeterAggregator(
            RulesYaml.parse("stripe.yaml", "meters: {tokens: {send: all}}"),
            Map.of(new CustomerId("ann"), Set.of(boundary)),
            Map.of());
    journal.entries().forEach(aggregator::add);

    assertThat(text(aggregator))
        .containsExactly(
            Map.entry("ann tokens 00:00:00Z-00:00:20Z", "1"),
            Map.entry("ann tokens 00:00:20Z-00:01:00Z", "2"),
            Map.entry("bob tokens 00:00:00Z-00:01:00Z", "3"));
  }

  @Test
  void several_meters_may_be_one_of_stripes() {
    journal.use("ann", "tokens", "2", START);
    journal.use("ann", "hours", "2", START);

    assertThat(windows("{tokens: {event_name: ai, send: all}, hours: {event_name: ai, send: all}}"))
        .containsExactly(Map.entry("ann ai 00:00:00Z-00:01:00Z", "5"));
  }

  private Map<String, String> windows(String meters) {
    return text(add(meters, Map.of(), journal.entries()));
  }

  private static MeterAggregator add(
      String meters, Map<UsageLine.Key, UsageLine> known, List<LedgerEntry> entries) {
    MeterAggregator aggregator = aggregator(meters, known);
    entries.forEach(aggregator::add);
    return aggregator;
  }

  private static MeterAggregator aggregator(String meters, Map<UsageLine.Key, UsageLine> known) {
    return new MeterAggregator(
        RulesYaml.parse("stripe.yaml", "meters: " + meters), Map.of(), known);
  }

  private static Map<String, String> text(MeterAggregator aggregator) {
    Map<String, String> text = new TreeMap<>();
    aggregator
        .windows()
        .forEach(
            (window, growth) ->
                text.put(
                    window.customer()
                        + " "
                        + window.eventName()
                        + " "
                        + window.start().toString().substring(11)
                        + "-"
                        + window.end().toString().substring(11),
                    growth.amount().stripTrailingZeros().toPlainString()));
    return text;
  }
}
