package io.creditledger.cli.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.cli.csv.ColumnMap.Source;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnMapTest {

  @Test
  void columnsAndTextsAreTold() {
    ColumnMap map =
        ColumnMap.parse(
            "customer=Account No, meter='it''s, one',quantity=\"Tokens, \"\"used\"\"\","
                + "property.model=Model");

    assertThat(map.sources())
        .isEqualTo(
            Map.of(
                "customer", new Source.Column("Account No"),
                "meter", new Source.Literal("it's, one"),
                "quantity", new Source.Column("Tokens, \"used\""),
                "property.model", new Source.Column("Model")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "customer | 'customer' is not FIELD=COLUMN",
        "customer= | a column is missing",
        "customer=a,credits= | a column is missing",
        "customer=a, | is not FIELD=COLUMN",
        "customer='a,credits=b | a quote is not closed",
        "customer='a'b,credits=b | a comma is missing",
        "customer=a,customer=b,credits=c | customer stands twice",
        "client=a,credits=c | there is no field client",
        "customer=a,credits=c,property.=x | there is no field property.",
        "credits=c | customer is missing",
        "customer=a,quantity=b | meter is missing",
        "customer=a,meter=m,quantity=b,credits=c | exclude each other",
      })
  void whatCannotBeMeantIsRefused(String text, String message) {
    assertThatThrownBy(() -> ColumnMap.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
