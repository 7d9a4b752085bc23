package io.creditledger.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What keeps a check apart from what it checks. */
@AnalyzeClasses(
    packages = "io.creditledger.cli",
    importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {

  @ArchTest
  static final ArchRule the_proof_shares_no_arithmetic_with_the_ledger =
      noClasses()
          .that()
          .resideInAPackage("..cli.proof..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("..core.account..", "..core.scenario.."));

  @ArchTest
  static final ArchRule a_client_knows_the_service_only_by_its_api =
      noClasses()
          .that()
          .resideInAPackage("..cli.client..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.creditledger.streams..", "..cli.stack..", "..cli.embedded.."));
}
