package io.creditledger.streams.webhook;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Puts together what is set up and what there is. */
final class EndpointStatuses {

  private EndpointStatuses() {}

  static List<EndpointStatus> of(
      List<WebhookEndpoint> endpoints,
      List<OutboxDesk.Count> open,
      List<OutboxDesk.Count> delivered) {
    List<OutboxDesk.Count> all = Stream.concat(open.stream(), delivered.stream()).toList();
    TreeSet<String> names = new TreeSet<>();
    endpoints.forEach(endpoint -> names.add(endpoint.name()));
    all.forEach(count -> names.add(count.endpoint()));
    return names.stream()
        .map(
            name ->
                new EndpointStatus(
                    name,
                    endpoints.stream().filter(one -> one.name().equals(name)).findFirst(),
                    number(all, name, DeliveryState.PENDING),
                    number(all, name, DeliveryState.DELIVERED),
                    number(all, name, DeliveryState.DEAD),
                    count(all, name, DeliveryState.PENDING).map(OutboxDesk.Count::oldest)))
        .toList();
  }

  private static long number(List<OutboxDesk.Count> all, String name, DeliveryState state) {
    return count(all, name, state).map(OutboxDesk.Count::number).orElse(0L);
  }

  private static Optional<OutboxDesk.Count> count(
      List<OutboxDesk.Count> all, String name, DeliveryState state) {
    return all.stream()
        .filter(count -> count.endpoint().equals(name) && count.state() == state)
        .findFirst();
  }
}
