package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That exactly what is committed is told, whatever comes between. */
class CommitHandoverTest {

  /** Notes the offsets of the inputs that it is told of. */
  private static final class Told implements CommitHandover.Receiver {
    private final List<Long> offsets = new ArrayList<>();

    @Override
    public void begun(int partition) {}

    @Override
    public void committed(List<Decided> outcomes) {
      assertThat(outcomes).isNotEmpty();
      outcomes.forEach(outcome -> offsets.add(outcome.input().offset()));
    }

    @Override
    public void ended(int partition) {}
  }

  private final Told told = new Told();
  private final CommitHandover handover = new CommitHandover();
  private final MockProducer<byte[], byte[]> broker = broker();
  private final Producer<byte[], byte[]> producer = new TellingProducer(broker, handover);

  private static MockProducer<byte[], byte[]> broker() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @BeforeEach
  void begin() {
    handover.tell(told);
    producer.initTransactions();
    producer.beginTransaction();
  }

  private void decide(long... offsets) {
    for (long offset : offsets) {
      handover.decided(
          Decided.Refusal.of(
              new Position(Source.USAGE, 0, offset), null, Bytes.wrap(new byte[] {'{', '}'})));
    }
  }

  @Test
  void what_is_decided_is_told_once_it_is_committed_and_not_before() {
    decide(1, 2);
    assertThat(told.offsets).isEmpty();

    producer.commitTransaction();
    assertThat(told.offsets).containsExactly(1L, 2L);

    producer.beginTransaction();
    decide(3);
    producer.commitTransaction();
    assertThat(told.offsets).containsExactly(1L, 2L, 3L);
  }

  @Test
  void what_is_aborted_is_never_told() {
    decide(1, 2);
    producer.abortTransaction();

    producer.beginTransaction();
    decide(1);
    producer.commitTransaction();

    assertThat(told.offsets).containsExactly(1L);
  }

  @Test
  void a_commit_that_fails_tells_nothing_and_the_one_that_succeeds_tells_all_once() {
    decide(1, 2);
    broker.commitTransactionException = new TimeoutException("no answer");
    assertThatThrownBy(producer::commitTransaction).isInstanceOf(TimeoutException.class);
    assertThat(told.offsets).isEmpty();

    broker.commitTransactionException = null;
    producer.commitTransaction();

    assertThat(told.offsets).containsExactly(1L, 2L);
  }

  @Test
  void what_a_fenced_producer_held_is_dropped_although_it_cannot_abort() {
    decide(1, 2);
    broker.fenceProducer();
    assertThatThrownBy(producer::commitTransaction).isInstanceOf(ProducerFencedException.class);
    assertThatThrownBy(producer::abortTransaction).isInstanceOf(ProducerFencedException.class);

    commitWithAnother(3);

    assertThat(told.offsets).containsExactly(3L);
  }

  @Test
  void what_a_producer_held_that_is_closed_is_dropped() {
    decide(1, 2);
    producer.close();

    commitWithAnother(3);

    assertThat(told.offsets).containsExactly(3L);
  }

  @Test
  void a_transaction_that_begins_carries_nothing_of_one_before() {
    decide(1, 2);

    commitWithAnother(3);

    assertThat(told.offsets).containsExactly(3L);
  }

  @Test
  void a_thread_tells_nothing_that_another_one_decided() throws InterruptedException {
    decide(1, 2);

    Thread other = new Thread(() -> commitWithAnother(3));
    other.start();
    other.join();

    assertThat(told.offsets).containsExactly(3L);
  }

  private void commitWithAnother(long offset) {
    try (Producer<byte[], byte[]> another = new TellingProducer(broker(), handover)) {
      another.initTransactions();
      another.beginTransaction();
      decide(offset);
      another.commitTransaction();
    }
  }
}
