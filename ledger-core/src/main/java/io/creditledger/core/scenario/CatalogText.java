package io.creditledger.core.scenario;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.core.yaml.YamlException;
import java.util.stream.Collectors;

/** Reads the catalog that a scenario brings along. */
final class CatalogText {

  private CatalogText() {}

  static Catalog parse(String file, FilePart part) {
    try {
      return CatalogYaml.parse(file, FileText.json(part));
    } catch (YamlException e) {
      throw part.problem(
          e.problems().stream()
              .map(problem -> problem.field() + " " + problem.message())
              .collect(Collectors.joining("; ")));
    }
  }
}
