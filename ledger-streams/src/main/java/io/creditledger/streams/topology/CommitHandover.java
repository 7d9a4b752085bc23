package io.creditledger.streams.topology;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Hands over what each stream thread decided as soon as the transaction that carries it is
 * committed, and never before: what is aborted is dropped, and so is what a producer held that is
 * closed.
 *
 * <p>Under exactly-once a stream thread has one producer and one open transaction, and decides,
 * commits and aborts by itself. So what a thread decided since its transaction began is what that
 * transaction carries.
 */
public final class CommitHandover implements DecisionListener {

  /** Takes what is handed over, on a stream thread, which waits for it: so it is to be quick. */
  public interface Receiver {

    /**
     * This instance decides a partition's inputs from now on. What the topics have of it by now was
     * committed, aborted or given up before, perhaps by others, and not all of it was handed over
     * here; what is decided after this will be.
     */
    void begun(int partition);

    /**
     * A transaction was committed.
     *
     * @param outcomes all that it decided, of each partition in the order of its topics; never
     *     empty, and the receiver's to keep
     */
    void committed(List<Decided> outcomes);

    /** This instance no longer decides a partition's inputs. */
    void ended(int partition);
  }

  private static final Receiver NOBODY =
      new Receiver() {
        @Override
        public void begun(int partition) {}

        @Override
        public void committed(List<Decided> outcomes) {}

        @Override
        public void ended(int partition) {}
      };

  /** What the open transaction of a thread carries; a thread that dies takes it along. */
  private static final class Held {
    private List<Decided> outcomes = new ArrayList<>();
  }

  private final ThreadLocal<Held> held = ThreadLocal.withInitial(Held::new);
  private volatile Receiver receiver = NOBODY;

  /** Names who is told, before Kafka Streams is started. */
  public void tell(Receiver newReceiver) {
    receiver = newReceiver;
  }

  /** The clients to start Kafka Streams with: without them nothing is ever handed over. */
  public KafkaClientSupplier clients() {
    return new TellingClients(this);
  }

  @Override
  public void begin(int partition) {
    receiver.begun(partition);
  }

  @Override
  public void decided(Decided outcome) {
    held.get().outcomes.add(outcome);
  }

  @Override
  public void end(int partition) {
    receiver.ended(partition);
  }

  /** This thread's transaction is committed. */
  void committed() {
    Held own = held.get();
    if (own.outcomes.isEmpty()) {
      return;
    }
    List<Decided> outcomes = own.outcomes;
    own.outcomes = new ArrayList<>(outcomes.size());
    receiver.committed(outcomes);
  }

  /** Nothing that this thread decided until now will be committed by a later call. */
  void dropped() {
    Held own = held.get();
    if (!own.outcomes.isEmpty()) {
      own.outcomes = new ArrayList<>();
    }
  }
}
