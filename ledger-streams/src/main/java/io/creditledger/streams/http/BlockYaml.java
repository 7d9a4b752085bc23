package io.creditledger.streams.http;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** YAML as people write it. */
final class BlockYaml {

  private BlockYaml() {}

  /** A JSON text, which is YAML already, on indented lines. */
  static String ofJson(String json) {
    Object tree = new Load(LoadSettings.builder().build()).loadFromString(json);
    return new Dump(
            DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndent(2)
                .setSplitLines(false)
                .build())
        .dumpToString(tree);
  }
}
