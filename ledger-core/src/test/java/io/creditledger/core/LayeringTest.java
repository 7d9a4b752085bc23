package io.creditledger.core;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;

/** What keeps the core pure, and its packages flowing one way. */
@AnalyzeClasses(
    packages = "io.creditledger.core",
    importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {

  @ArchTest
  static final ArchRule the_core_knows_only_the_jdk_jackson_and_yaml =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.creditledger.core..",
                  "java..",
                  "com.fasterxml.jackson..",
                  "org.snakeyaml.engine.."));

  @ArchTest
  static final ArchRule parsers_stay_at_the_edge =
      noClasses()
          .that()
          .resideOutsideOfPackages("..core.wire..", "..core.yaml..", "..core.scenario..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("com.fasterxml..", "org.snakeyaml.."));

  @ArchTest
  static final ArchRule no_clock_no_chance =
      noClasses()
          .should()
          .dependOnClassesThat(
              assignableTo(Clock.class).or(assignableTo(Random.class)).or(assignableTo(UUID.class)))
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .dependOnClassesThat(resideInAnyPackage("java.sql..", "java.net.http.."));

  @ArchTest
  static final ArchRule no_floats_in_fields =
      noFields()
          .should()
          .haveRawType(double.class)
          .orShould()
          .haveRawType(float.class)
          .orShould()
          .haveRawType(Double.class)
          .orShould()
          .haveRawType(Float.class);

  @ArchTest
  static final ArchRule no_floats_returned =
      noMethods()
          .should()
          .haveRawReturnType(double.class)
          .orShould()
          .haveRawReturnType(float.class)
          .orShould()
          .haveRawReturnType(Double.class)
          .orShould()
          .haveRawReturnType(Float.class);

  @ArchTest
  static final ArchRule packages_flow_one_way =
      layeredArchitecture()
          .consideringAllDependencies()
          .layer("values")
          .definedBy("..core.money..", "..core.id..")
          .layer("catalog")
          .definedBy("..core.catalog..")
          .layer("grants")
          .definedBy("..core.grant..", "..core.reservation..")
          .layer("events")
          .definedBy("..core.event..")
          .layer("entries")
          .definedBy("..core.entry..")
          .layer("account")
          .definedBy("..core.account..")
          .layer("explain")
          .definedBy("..core.explain..")
          .layer("yaml")
          .definedBy("..core.yaml..")
          .layer("wire")
          .definedBy("..core.wire..")
          .layer("replay")
          .definedBy("..core.replay..")
          .layer("scenario")
          .definedBy("..core.scenario..")
          .whereLayer("explain")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("replay")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("scenario")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("wire")
          .mayOnlyBeAccessedByLayers("replay", "scenario")
          .whereLayer("yaml")
          .mayOnlyBeAccessedByLayers("wire", "replay", "scenario")
          .whereLayer("account")
          .mayOnlyBeAccessedByLayers("wire", "explain", "replay", "scenario")
          .whereLayer("entries")
          .mayOnlyBeAccessedByLayers("account", "wire", "explain", "replay", "scenario")
          .whereLayer("events")
          .mayOnlyBeAccessedByLayers("entries", "account", "wire", "explain", "replay", "scenario")
          .whereLayer("grants")
          .mayOnlyBeAccessedByLayers(
              "events", "entries", "account", "wire", "explain", "replay", "scenario")
          .whereLayer("catalog")
          .mayOnlyBeAccessedByLayers(
              "grants",
              "events",
              "entries",
              "account",
              "yaml",
              "wire",
              "explain",
              "replay",
              "scenario")
          .ignoreDependency(alwaysTrue(), JavaClass.Predicates.equivalentTo(Object.class));
}
