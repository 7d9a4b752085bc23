package io.creditledger.stripe.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The account's state in a file, written whole and moved into place: on closing, and now and then
 * for the sake of a process that is killed. Deliveries on their way are not kept.
 */
final class Snapshot {

  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Optional<Path> file;
  private final Account account;
  private long savedNanos = System.nanoTime();

  Snapshot(Optional<Path> file, Account account) {
    this.file = file;
    this.account = account;
  }

  void load() {
    if (file.isEmpty() || !Files.exists(file.get())) {
      return;
    }
    try {
      JsonNode saved = Json.MAPPER.readTree(file.get().toFile());
      account.world.load(saved.path("world"));
      account.intake.load(saved.path("usage"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the snapshot " + file.get(), e);
    }
  }

  void saveIfDue() {
    if (file.isPresent() && System.nanoTime() - savedNanos > EVERY.toNanos()) {
      save();
    }
  }

  void save() {
    if (file.isEmpty()) {
      return;
    }
    Path target = file.get().toAbsolutePath();
    ObjectNode saved = Json.object();
    account.world.locked(
        () -> {
          saved.set("world", account.world.save());
          saved.set("usage", account.usage.save());
        });
    try {
      Files.createDirectories(target.getParent());
      Path fresh = target.resolveSibling(target.getFileName() + ".new");
      Json.MAPPER.writeValue(fresh.toFile(), saved);
      Files.move(
          fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the snapshot " + target, e);
    }
    savedNanos = System.nanoTime();
  }
}
