package io.creditledger.core.scenario;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Overdraft;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.money.Credits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads scenario files: YAML, and so JSON, lists of scenarios.
 *
 * <p>A step is a command or an {@code expect}. Of what is told and topped up:
 *
 * <pre>{@code
 * - {at: 2025-01-01, configure: {alerts: {credits: {low: 100, low_share: 0.2, expiring_soon: P3D}}}}
 * - {at: 2025-01-01, configure: {alerts: {credits: null}}}                    # the catalog's again
 * - {at: 2025-01-01, configure: {top_up: {threshold: 50, amount: 500, monthly_cap: 1000,
 *                                         cool_down: PT1H, failures_max: 3}}}   # or target; null: none
 * - {at: 2025-01-02, grant:  {id: g_1, amount: 500, top_up: top-up-1}}          # answers a request
 * - {at: 2025-01-02, top_up: {request: top-up-1, outcome: failed}}              # or cancelled
 * - {at: 2025-01-02, expect: {level: low, alerts: [low 90, top_up_requested]}}
 * }</pre>
 *
 * <p>{@code alerts} is all that was told so far, in order. Each is its type, or its type with the
 * one thing it is about: what is available, the grant that expires soon, the amount requested, how
 * many failures led to a pause. {@code level} is one of unfunded, fine, low and depleted. Requests
 * are called top-up-1, top-up-2 and so on.
 */
public final class ScenarioFile {

  private static final Set<String> FIELDS =
      Set.of(
          "id", "what", "source", "applicability", "needs", "note", "policy", "catalog", "steps");

  private ScenarioFile() {}

  /**
   * The scenarios of a file. One that cannot be read stands among them with its problem, so that it
   * fails by itself and not with its file.
   *
   * @param name for messages, and to tell one file's customers from another's
   * @throws InvalidScenarioFileException if the text is not a list at all; the message names the
   *     file and the line
   */
  public static List<Scenario> parse(String name, String text) {
    FilePart file = compose(name, text);
    List<Scenario> scenarios = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (FilePart part : file.items()) {
      scenarios.add(read(name, scenarios.size() + 1, part, ids));
    }
    return scenarios;
  }

  private static FilePart compose(String name, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setCodePointLimit(Integer.MAX_VALUE).build();
    try {
      Node root =
          new Compose(settings)
              .composeString(withoutTabs(text))
              .orElseThrow(() -> new InvalidScenarioFileException(name + ": is empty"));
      return new FilePart(name, "", root);
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
      throw new InvalidScenarioFileException(name + line + ": " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new InvalidScenarioFileException(name + ": " + e.getMessage());
    }
  }

  /** JSON may be indented with tabs, YAML may not; within JSON texts there are none. */
  private static String withoutTabs(String text) {
    return text.stripLeading().startsWith("[") ? text.replace('\t', ' ') : text;
  }

  private static Scenario read(String file, int number, FilePart part, Set<String> ids) {
    String id = "scenario " + number;
    try {
      id = part.required("id").text();
      if (!ids.add(id)) {
        throw part.required("id").problem("is the id of another scenario: " + id);
      }
      return read(file, id, part);
    } catch (InvalidScenarioFileException e) {
      return new Scenario(
          id,
          "",
          "",
          new CustomerId("scenario"),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.of(e.getMessage()));
    }
  }

  private static Scenario read(String file, String id, FilePart part) {
    part.allowOnly(FIELDS);
    CustomerId customer = customer(file, id);
    return new Scenario(
        id,
        part.field("what").map(FilePart::text).orElse(""),
        part.field("source").map(FilePart::text).orElse(""),
        customer,
        part.field("policy").map(ScenarioFile::policy),
        part.field("catalog").map(catalog -> catalog(file, catalog)),
        new StepReader(id, customer).read(part.required("steps")),
        Optional.empty());
  }

  private static CustomerId customer(String file, String id) {
    try {
      return new CustomerId("scenario:" + id + "@" + file);
    } catch (IllegalArgumentException e) {
      String both = id + "@" + file;
      return new CustomerId("scenario:" + Hash.of(both.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static OverdraftPolicy policy(FilePart part) {
    part.allowOnly(Set.of("overdraft", "limit"));
    Optional<FilePart> limit = part.field("limit");
    Overdraft overdraft =
        part.field("overdraft").map(ScenarioFile::overdraft).orElse(Overdraft.BILL);
    try {
      return new OverdraftPolicy(overdraft, limit.map(FilePart::text).map(Credits::parse));
    } catch (IllegalArgumentException e) {
      throw limit.orElse(part).problem(e.getMessage());
    }
  }

  private static Overdraft overdraft(FilePart part) {
    return Overdraft.ofWireName(part.text())
        .orElseThrow(() -> part.problem("is no overdraft policy: " + part.text()));
  }

  private static Catalog catalog(String file, FilePart part) {
    Catalog catalog = CatalogText.parse(file, part);
    return part.field("limits").isPresent() ? catalog : catalog.withLimits(Scenario.LIMITS);
  }
}
