package io.creditledger.cli.endtoend;

import io.creditledger.cli.endtoend.Asked.What;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Clients that reserve, settle, release and forget, each request at its time, whether earlier ones
 * are answered or not, as long as not too many wait. While there is no service they make no new
 * requests; those it left unanswered they repeat when it is back, but for a few that they give up.
 */
final class ReservationTraffic implements AutoCloseable {

  private static final Duration BACK_WITHIN = Duration.ofMinutes(2);
  private static final int GIVEN_UP_OF = 10;

  /** Requests of one client that wait for an answer: a slow machine makes it slower, not worse. */
  private static final int WAITING_MAX = 10;

  private static final long MILLION = 1_000_000;

  private final List<String> customers;
  private final List<Client> clients;
  private final Random random;
  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private volatile CompletableFuture<Rest> service = new CompletableFuture<>();

  /** One that remembers what it has reserved and means to end. */
  private static final class Client {
    private final int number;
    private final Queue<Open> open = new ConcurrentLinkedQueue<>();
    private int made;

    private Client(int number) {
      this.number = number;
    }

    private String nextId() {
      made++;
      return "c" + number + "-" + made;
    }
  }

  private record Open(String customer, String reservation, long micros) {}

  ReservationTraffic(long seed, int clients, List<String> customers) {
    this.random = new Random(seed);
    this.customers = customers;
    this.clients = IntStream.range(0, clients).mapToObj(Client::new).toList();
  }

  /** Asks for each customer's first credits. */
  void fund() {
    What first = new What.Grant(100 * MILLION, 2, Optional.empty());
    customers.forEach(customer -> send(new Asked(customer, "first", first), () -> {}));
  }

  /** Begins to make requests, so many a second from now on. */
  void begin(int rate) {
    long nanos = TimeUnit.SECONDS.toNanos(1) / rate;
    var unused = clock.scheduleAtFixedRate(this::turn, 0, nanos, TimeUnit.NANOSECONDS);
  }

  /** The service is there. */
  void connect(Rest rest) {
    service.complete(rest);
  }

  /** The service is about to be gone. */
  void disconnect() {
    service = new CompletableFuture<>();
  }

  /** One client's turn to ask for something. */
  private void turn() {
    if (!service.isDone() || underWay.get() >= WAITING_MAX * clients.size()) {
      return;
    }
    Client client = clients.get(sent.get() % clients.size());
    int choice = random.nextInt(100);
    Optional<Open> open = choice < 50 ? Optional.empty() : Optional.ofNullable(client.open.poll());
    if (open.isPresent()) {
      end(client, open.get());
    } else if (choice < 4) {
      send(new Asked(anyone(), client.nextId(), grant()), () -> {});
    } else {
      reserve(client);
    }
  }

  private void reserve(Client client) {
    String customer = anyone();
    String id = client.nextId();
    long micros = micros(40);
    Duration ttl = Duration.ofMillis(1_000 + random.nextInt(2_000));
    Open open = new Open(customer, id, micros);
    // A third are forgotten and run out; of those that are kept some come too late.
    Runnable then = random.nextInt(3) == 0 ? () -> {} : () -> client.open.add(open);
    send(new Asked(customer, id, new What.Reserve(micros, ttl)), then);
  }

  private void end(Client client, Open open) {
    int choice = random.nextInt(100);
    What settle = new What.Settle(open.reservation(), random.nextInt(150) * open.micros() / 100);
    What release = new What.Release(open.reservation());
    if (choice < 60) {
      send(new Asked(open.customer(), client.nextId(), settle), () -> {});
    }
    // Now and then both at once, of which one must lose.
    if (choice >= 50) {
      send(new Asked(open.customer(), client.nextId(), release), () -> {});
    }
  }

  private What grant() {
    Optional<Instant> end =
        random.nextInt(3) > 0
            ? Optional.empty()
            : Optional.of(Instant.now().plusMillis(1_500 + random.nextInt(2_000)));
    return new What.Grant(micros(100), 1 + random.nextInt(3), end);
  }

  private String anyone() {
    return customers.get(random.nextInt(customers.size()));
  }

  private long micros(int creditsMax) {
    return 1 + random.nextLong(creditsMax * MILLION);
  }

  private void send(Asked request, Runnable whenAccepted) {
    asked.add(request);
    sent.incrementAndGet();
    underWay.incrementAndGet();
    requests.execute(
        () -> {
          try {
            ask(request);
            if (request.answers().stream().anyMatch(answer -> answer.status() < 300)) {
              whenAccepted.run();
            }
          } finally {
            underWay.decrementAndGet();
          }
        });
  }

  private void ask(Asked request) {
    while (!request.answered()) {
      Rest rest = service.copy().orTimeout(BACK_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
      try {
        request.told(rest.postAndWait(request.path(), request.body()));
      } catch (IOException e) {
        request.brokeOff();
        if (Math.floorMod(request.id().hashCode(), GIVEN_UP_OF) == 0) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Makes no further requests. */
  void stop() {
    clock.shutdown();
  }

  /** Requests made so far. */
  int sent() {
    return sent.get();
  }

  /** Requests that are neither answered nor given up. */
  int underWay() {
    return underWay.get();
  }

  /** All that was asked for; once nothing is under way, with all that was answered. */
  List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    requests.shutdownNow();
  }
}
