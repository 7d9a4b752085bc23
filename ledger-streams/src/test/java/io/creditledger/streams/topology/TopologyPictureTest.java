package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.relay.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

/**
 * Keeps the picture in docs/architecture.md equal to the code. Run with {@code
 * -Dpicture.write=true} to draw it anew.
 */
class TopologyPictureTest {

  private static final String BEGIN = "<!-- topology:begin -->\n";
  private static final String END = "<!-- topology:end -->";

  @Test
  void the_picture_in_the_documentation_is_the_topology() throws IOException {
    // given
    Path page = Path.of("..", "docs", "architecture.md");
    String text = Files.readString(page);
    String picture = picture();

    // when
    if (Boolean.getBoolean("picture.write")) {
      String before = text.substring(0, text.indexOf(BEGIN) + BEGIN.length());
      String after = text.substring(text.indexOf(END));
      text = before + picture + after;
      Files.writeString(page, text);
    }

    // then
    assertThat(text).contains(BEGIN + picture + END);
  }

  private static String picture() {
    TopologyDescription description =
        LedgerTopology.inMemory(Topics.prefixed(""), 1, Instant::now, TimerSettings.DEFAULT)
            .build()
            .describe();
    Set<String> lines = new TreeSet<>();
    for (TopologyDescription.Subtopology sub : description.subtopologies()) {
      sub.nodes().forEach(node -> draw(node, lines));
    }
    description
        .globalStores()
        .forEach(
            store -> {
              lines.add(topic(store.source().topicSet().iterator().next()) + " --> keep-catalog");
              store
                  .processor()
                  .stores()
                  .forEach(name -> lines.add("keep-catalog --- " + store(name)));
            });
    return "```mermaid\nflowchart LR\n  " + String.join("\n  ", lines) + "\n```\n";
  }

  private static void draw(TopologyDescription.Node node, Set<String> lines) {
    switch (node) {
      case TopologyDescription.Source source ->
          source.topicSet().forEach(name -> lines.add(topic(name) + " --> " + source.name()));
      case TopologyDescription.Sink sink ->
          lines.add(sink.name() + "-sink --> " + topic(sink.topic()));
      case TopologyDescription.Processor processor ->
          processor.stores().forEach(name -> lines.add(processor.name() + " --- " + store(name)));
      default -> throw new IllegalStateException("an unknown kind of node: " + node);
    }
    for (TopologyDescription.Node next : node.successors()) {
      String name = next instanceof TopologyDescription.Sink ? next.name() + "-sink" : next.name();
      lines.add(node.name() + " --> " + name);
    }
  }

  private static String topic(String name) {
    return name.replace('.', '-') + "[/" + name + "/]";
  }

  private static String store(String name) {
    return name + "-store[(" + name + ")]";
  }
}
