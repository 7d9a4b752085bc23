package io.creditledger.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditledger.cli.CommandFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A client of one ledger. Safe for use by several threads. */
public final class LedgerClient implements AutoCloseable {

  /** What every body is, unless said otherwise. */
  public static final String JSON = "application/json";

  /** Reads and writes JSON; numbers keep their digits. */
  public static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  /** From here on it is a gateway or the service that cannot answer for a moment. */
  private static final int UNAVAILABLE_FIRST = 502;

  private final URI base;
  private final Optional<String> apiKey;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  /** What the ledger answered. */
  public record Answer(int status, String text) {

    /** Whether it did what was asked. */
    public boolean ok() {
      return status < 400;
    }

    /**
     * The body as JSON.
     *
     * @throws CommandFailedException if it is something else: no ledger speaks there
     */
    public JsonNode json() {
      try {
        return MAPPER.readTree(text);
      } catch (JsonProcessingException e) {
        throw CommandFailedException.failed(
            "error: what answers there is no ledger (status " + status + ", no JSON)");
      }
    }

    /**
     * This answer, if it is a good one.
     *
     * @throws CommandFailedException with the problem it tells of
     */
    public Answer orFail() {
      if (ok()) {
        return this;
      }
      throw Problems.failure(status, json());
    }
  }

  /**
   * A client.
   *
   * @param base such as {@code http://127.0.0.1:8400}; a path in it comes before every request's
   * @param apiKey for a ledger that asks for one
   */
  public LedgerClient(URI base, Optional<String> apiKey) {
    this.base = URI.create(base.toString().replaceFirst("/+$", ""));
    this.apiKey = apiKey;
  }

  /** Reads. */
  public Answer get(String path) {
    return get(path, JSON);
  }

  /** Reads in another form than JSON. */
  public Answer get(String path, String mediaType) {
    return send(request(path, mediaType).GET());
  }

  /**
   * Reads what may not be there yet, and waits for it at most that long.
   *
   * @return empty if the ledger does not answer, or says that it cannot now: it may later
   */
  public Optional<Answer> poll(String path, Duration wait) throws InterruptedException {
    try {
      Answer answer = exchange(waiting(request(path), wait).GET());
      return Optional.of(answer).filter(one -> one.status() < UNAVAILABLE_FIRST);
    } catch (IOException silent) {
      return Optional.empty();
    }
  }

  /** Writes and waits for the outcome at most that long; zero: only until it is recorded. */
  public Answer post(String path, String mediaType, byte[] body, Duration wait) {
    return write("POST", path, mediaType, body, wait);
  }

  /** Replaces. */
  public Answer put(String path, String mediaType, byte[] body) {
    return write("PUT", path, mediaType, body, Duration.ZERO);
  }

  /** Writes by any method, and waits for the outcome at most that long. */
  public Answer write(String method, String path, String mediaType, byte[] body, Duration wait) {
    return send(
        waiting(request(path), wait)
            .method(method, BodyPublishers.ofByteArray(body))
            .header("Content-Type", mediaType));
  }

  private static HttpRequest.Builder waiting(HttpRequest.Builder request, Duration wait) {
    return wait.isZero() ? request : request.header("Prefer", "wait=" + wait.toSeconds());
  }

  /** A text as one segment of a path, or as a value in a query. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    return request(path, JSON);
  }

  private HttpRequest.Builder request(String path, String accepted) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(ANSWER_LIMIT)
            .header("Accept", accepted + ", application/problem+json");
    apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
    return request;
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      return exchange(request);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw CommandFailedException.unreachable(
          "error: no ledger answers at "
              + base
              + "\nStart one with ./ledger up, or say where it is with --url or LEDGER_URL.");
    } catch (HttpTimeoutException e) {
      throw CommandFailedException.failed(
          "error: the ledger at " + base + " did not answer in " + ANSWER_LIMIT.toSeconds() + " s");
    } catch (IOException e) {
      throw new UncheckedIOException("the ledger at " + base + " broke off", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailedException.failed("error: interrupted");
    }
  }

  private Answer exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    return new Answer(response.statusCode(), response.body());
  }

  @Override
  public void close() {
    http.close();
  }
}
