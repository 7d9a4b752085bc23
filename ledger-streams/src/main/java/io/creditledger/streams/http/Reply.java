package io.creditledger.streams.http;

import java.util.ArrayList;
import java.util.List;

/** What a request is answered with. Immutable; its bytes are not copied and not to be changed. */
final class Reply {

  /** One header. */
  record Field(String name, String value) {}

  private final int status;
  private final String mediaType;
  private final byte[] body;
  private final List<Field> headers;

  private Reply(int status, String mediaType, byte[] body, List<Field> headers) {
    this.status = status;
    this.mediaType = mediaType;
    this.body = body;
    this.headers = headers;
  }

  static Reply of(int status, String mediaType, byte[] body) {
    return new Reply(status, mediaType, body, List.of());
  }

  /** An answer without a body. */
  static Reply empty(int status) {
    return new Reply(status, "", new byte[0], List.of());
  }

  /** A JSON document. */
  static Reply json(int status, Json.Fields content) {
    return of(status, Json.MEDIA_TYPE, Json.write(content));
  }

  /** The same with one more header. */
  Reply with(String name, String value) {
    List<Field> more = new ArrayList<>(headers);
    more.add(new Field(name, value));
    return new Reply(status, mediaType, body, List.copyOf(more));
  }

  int status() {
    return status;
  }

  /** Empty if there is no body. */
  String mediaType() {
    return mediaType;
  }

  byte[] body() {
    return body;
  }

  List<Field> headers() {
    return headers;
  }
}
