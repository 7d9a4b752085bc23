package io.creditledger.cli.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.streams.audit.AuditReport;
import io.creditledger.streams.audit.Finding;
import io.creditledger.streams.audit.PartitionStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** The report as a file, for machines and for the files of whoever has to keep one. */
final class AuditJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private AuditJson() {}

  static void write(Path file, AuditReport report, Optional<PlainRates> plain, long memoryBytes) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("verdict", report.holds() ? "holds" : "differs");
    root.put("findings_count", report.findingCount());
    ArrayNode findings = root.putArray("findings");
    report.findings().forEach(finding -> write(findings.addObject(), finding));
    ArrayNode notes = root.putArray("notes");
    report.notes().forEach(notes::add);
    ObjectNode counts = root.putObject("counts");
    counts.put("inputs", report.counts().inputs());
    counts.put("entries", report.counts().entries());
    counts.put("duplicates", report.counts().duplicates());
    counts.put("rejections", report.counts().rejections());
    counts.put("derived", report.counts().derived());
    counts.put("customers", report.counts().customers());
    counts.put("stores_compared", report.storesEqual());
    counts.put("bytes", report.counts().bytes());
    root.put("seconds", report.took().toMillis() / 1000.0);
    root.put("records_per_second", report.rate());
    plain.ifPresent(
        rates ->
            root.put("plain_consumer_records_per_second", rates.cold().rate())
                .put("plain_consumer_warm_records_per_second", rates.warm().rate()));
    root.put("memory_bytes_max", memoryBytes);
    write(root.putArray("fence"), report);
    ArrayNode stores = root.putArray("stores");
    report.stores().forEach(partition -> write(stores.addObject(), partition));
    try {
      Files.write(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be written to " + file, e);
    }
  }

  private static void write(ObjectNode node, Finding finding) {
    node.put("topic", finding.topic());
    node.put("partition", finding.partition());
    if (finding.offset() != Finding.NO_OFFSET) {
      node.put("offset", finding.offset());
    }
    node.put("customer", finding.customer());
    node.put("recorded_at", finding.at().toString());
    node.put("what", finding.what());
  }

  private static void write(ObjectNode node, PartitionStores stores) {
    node.put("partition", stores.partition());
    node.put("compared", stores.moment().toString());
    node.put("customers", stores.service().customers());
    node.put("customers_equal", stores.equal());
    node.put("service_digest", stores.service().states().toString());
    node.put("replay_digest", stores.replay().states().toString());
  }

  private static void write(ArrayNode fence, AuditReport report) {
    report.fence().ends().entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
        .forEach(entry -> write(fence.addObject(), entry, report));
  }

  private static void write(
      ObjectNode node, Map.Entry<TopicPartition, Long> end, AuditReport report) {
    node.put("topic", end.getKey().topic());
    node.put("partition", end.getKey().partition());
    node.put("from", report.fence().begins().getOrDefault(end.getKey(), 0L));
    node.put("to", end.getValue());
  }
}
