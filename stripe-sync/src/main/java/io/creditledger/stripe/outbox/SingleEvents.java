package io.creditledger.stripe.outbox;

import com.stripe.param.billing.MeterEventCreateParams;
import io.creditledger.stripe.client.StripeCalls;
import java.util.List;

/** Meter events one by one: {@code POST /v1/billing/meter_events}. */
public final class SingleEvents implements MeterEventApi {

  private final StripeCalls stripe;

  /** Calls through these. */
  public SingleEvents(StripeCalls stripe) {
    this.stripe = stripe;
  }

  @Override
  public int eventsPerCallMax() {
    return 1;
  }

  @Override
  public SendOutcome send(List<Addressed> events) throws InterruptedException {
    Addressed one = events.getFirst();
    MeterEvent event = one.event();
    MeterEventCreateParams params =
        MeterEventCreateParams.builder()
            .setEventName(event.eventName())
            .setIdentifier(event.identifier())
            .setTimestamp(event.timestamp().getEpochSecond())
            .putPayload(Payload.CUSTOMER, one.stripeCustomer())
            .putPayload(Payload.VALUE, Payload.text(event.value()))
            .build();
    return Outcomes.of(stripe.call(client -> client.v1().billing().meterEvents().create(params)));
  }
}
