package io.creditledger.streams.http;

import io.creditledger.core.id.CustomerId;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One request, as an endpoint sees it. */
final class Request {

  /** Names the one hop a request may take between instances. */
  static final HeaderName FORWARDED = HeaderNames.create("Ledger-Forwarded");

  private static final HeaderName PREFER = HeaderNames.create("Prefer");

  /** How much of a body that is too large is read and dropped, so that its sender hears of it. */
  private static final long DROPPED_BYTES_MAX = 16L << 20;

  private final ServerRequest server;
  private final Route route;
  private final Map<String, String> names;
  private final int bodyBytesMax;
  private byte[] body = {};
  private boolean bodyRead;

  Request(ServerRequest server, Router.Match match, int bodyBytesMax) {
    this.server = server;
    this.route = match.route();
    this.names = match.names();
    this.bodyBytesMax = bodyBytesMax;
  }

  static String rawPath(ServerRequest server) {
    return server.prologue().uriPath().rawPath();
  }

  String method() {
    return route.method();
  }

  String rawPath() {
    return rawPath(server);
  }

  String rawQuery() {
    return server.prologue().query().rawValue();
  }

  /** The query, if it has no other parameters than these. */
  Query query(String... parameters) {
    return Query.parse(rawQuery()).only(parameters);
  }

  /** The decoded segment that stands for a name of the route's template. */
  String name(String name) {
    return names.get(name);
  }

  /**
   * A segment read by a constructor that refuses with {@link IllegalArgumentException}.
   *
   * @throws ProblemException if it does
   */
  <T> T name(String name, Function<String, T> constructor) {
    try {
      return constructor.apply(name(name));
    } catch (IllegalArgumentException e) {
      throw Problem.of(ErrorCode.PARAMETER_INVALID, name, e.getMessage()).exception();
    }
  }

  /** The customer in the path. */
  CustomerId customer() {
    try {
      return new CustomerId(name("customer"));
    } catch (IllegalArgumentException e) {
      throw Problem.of(ErrorCode.CUSTOMER_INVALID, "customer", e.getMessage()).exception();
    }
  }

  Headers headers() {
    return server.headers();
  }

  Optional<String> header(HeaderName name) {
    return server.headers().first(name);
  }

  /** Whether another instance sent it here as the customer's owner. */
  boolean forwarded() {
    return server.headers().contains(FORWARDED);
  }

  /** What a write is to wait for. */
  Prefer prefer() {
    return server.headers().contains(PREFER)
        ? Prefer.parse(server.headers().values(PREFER))
        : Prefer.parse(List.of());
  }

  /** The body's media type in lower case, without parameters; empty if there is none. */
  String mediaType() {
    String value = header(HeaderNames.CONTENT_TYPE).orElse("");
    String[] parts = value.toLowerCase(Locale.ROOT).split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      String charset = parts[i].strip();
      if (charset.startsWith("charset=") && !charset.matches("charset=\"?(utf-8|us-ascii)\"?")) {
        throw Problem.of(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type", "bodies are read as UTF-8")
            .exception();
      }
    }
    return parts[0].strip();
  }

  /**
   * That the body has one of these types, or none named.
   *
   * @throws ProblemException if it has another
   */
  void mustBe(String... mediaTypes) {
    String given = mediaType();
    if (!given.isEmpty() && !List.of(mediaTypes).contains(given)) {
      throw Problem.of(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE,
              "Content-Type",
              "\"" + given + "\" is not read here, but " + String.join(", ", mediaTypes))
          .exception();
    }
  }

  /**
   * The body, empty if there is none.
   *
   * @throws ProblemException if it is larger than allowed, or compressed
   */
  byte[] body() {
    if (!bodyRead) {
      header(HeaderNames.CONTENT_ENCODING)
          .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
          .ifPresent(
              encoding -> {
                throw Problem.of(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Encoding",
                        "bodies are read uncompressed")
                    .exception();
              });
      if (server.content().hasEntity()) {
        body = read();
      }
      bodyRead = true;
    }
    return body;
  }

  private byte[] read() {
    if (server.headers().contentLength().orElse(0) > DROPPED_BYTES_MAX) {
      throw tooLarge();
    }
    byte[] bytes;
    boolean more;
    try (InputStream in = server.content().inputStream()) {
      bytes = in.readNBytes(bodyBytesMax);
      more = bytes.length == bodyBytesMax && in.read() >= 0;
      if (more) {
        in.skip(DROPPED_BYTES_MAX);
      }
    } catch (IOException | RuntimeException e) {
      // A body cut short, or a chunk without a size: Helidon has several exceptions for it.
      throw Problem.of(ErrorCode.REQUEST_INVALID, "the body is not well-formed, or ends too early")
          .exception();
    }
    if (more) {
      throw tooLarge();
    }
    return bytes;
  }

  private ProblemException tooLarge() {
    return Problem.of(
            ErrorCode.BODY_TOO_LARGE, "the body is larger than " + bodyBytesMax + " bytes")
        .exception();
  }
}
