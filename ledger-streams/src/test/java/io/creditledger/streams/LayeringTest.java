package io.creditledger.streams;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.creditledger.streams.http.ApiKeys;

/** What may know of what inside the service. */
@AnalyzeClasses(
    packages = "io.creditledger.streams",
    importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {

  @ArchTest
  static final ArchRule the_ledger_decides_and_answers_without_webhooks =
      noClasses()
          .that()
          .resideInAnyPackage("..streams.topology..", "..streams.query..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("..streams.webhook..", "..streams.http.."));

  @ArchTest
  static final ArchRule an_audit_reads_topics_and_knows_no_running_service =
      noClasses()
          .that()
          .resideInAPackage("..streams.audit..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("..streams.query..", "..streams.http..", "..streams.webhook.."));

  @ArchTest
  static final ArchRule a_replay_has_nothing_that_reaches_anybody_outside =
      noClasses()
          .that()
          .resideInAPackage("..streams.replay..")
          .or()
          .haveSimpleNameStartingWith("Shadow")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "..streams.webhook..",
                      "..streams.http..",
                      "..streams.projection..",
                      "..streams.query..",
                      "java.net..")
                  .and(not(equivalentTo(ApiKeys.class)))
                  .as("classes that send, answer or write elsewhere"))
          .because("side effects of a replay must be impossible");

  @ArchTest
  static final ArchRule webhooks_know_alerts_only_by_their_topic =
      noClasses()
          .that()
          .resideInAPackage("..streams.webhook..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "..streams.topology..",
                  "..streams.query..",
                  "..streams.http..",
                  "..core.account.."));
}
