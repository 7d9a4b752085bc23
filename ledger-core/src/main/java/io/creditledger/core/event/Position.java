package io.creditledger.core.event;

/** Where an input record stands: it names one record for ever. */
public record Position(Source source, int partition, long offset) {

  @Override
  public String toString() {
    return source.topic() + "-" + partition + "@" + offset;
  }
}
