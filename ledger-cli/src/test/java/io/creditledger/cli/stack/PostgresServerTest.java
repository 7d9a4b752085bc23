package io.creditledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PostgresServerTest {

  @Test
  void an_address_is_shown_without_its_password() {
    assertThat(
            PostgresServer.shown("jdbc:postgresql://db:5432/ledger?user=u&password=p%20w&ssl=true"))
        .isEqualTo("jdbc:postgresql://db:5432/ledger?user=u&password=***&ssl=true");
    assertThat(PostgresServer.shown("jdbc:postgresql://u:secret@db/ledger"))
        .isEqualTo("jdbc:postgresql://***@db/ledger");
    assertThat(PostgresServer.shown("jdbc:postgresql://db/ledger?user=u"))
        .isEqualTo("jdbc:postgresql://db/ledger?user=u");
  }
}
