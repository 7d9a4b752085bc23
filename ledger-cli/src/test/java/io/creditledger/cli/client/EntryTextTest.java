package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of entry, as a person reads it. */
class EntryTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'grant','made':{'grant':'g_1','amount':'5','unit':'credits','state':'pending'}}"
            + " | granted 5 credits as g_1, pending, expires never",
        "{'type':'usage','credits':'5','unit':'credits','meter':'m','quantity':'2'}"
            + " | used 5 credits for 2 of m",
        "{'type':'reserve','id':'r','credits':'5','unit':'credits',"
            + "'expires_at':'2026-11-21T10:15:00.25Z'}"
            + " | holds 5 credits as r until 2026-11-21T10:15:00Z",
        "{'type':'settle','reservation':'r','credits':'5','unit':'credits'} | settled r at 5 credits",
        "{'type':'release','reservation':'r'} | released r",
        "{'type':'lapse','reservation':'r'} | r ran out",
        "{'type':'reverse','usage':'u','amount':'5','unit':'credits'} | reversed 5 credits of u",
        "{'type':'void','grant':'g','amount':'5','unit':'credits'} | took back 5 credits of g",
        "{'type':'adjust','amount':'-5','unit':'credits'} | adjusted by -5 credits",
        "{'type':'adjust','amount':'5','unit':'credits',"
            + "'made':{'grant':'a','amount':'5','state':'open'}}"
            + " | adjusted by 5 credits as a, open, expires never",
        "{'type':'confirm','grant':'g','state':'open'} | confirmed g, open",
        "{'type':'cancel','grant':'g'} | cancelled g",
        "{'type':'extend','grant':'g','expires_at':'2027-01-01T00:00:00Z'}"
            + " | changed g, expires 2027-01-01T00:00:00Z",
        "{'type':'configure','time_zone':'Z'} | changed the settings",
        "{'type':'effective','grant':'g'} | g has become effective",
        "{'type':'expire','grant':'g','amount':'5','unit':'credits'} | lost 5 credits of g, expired",
        "{'type':'renew','grant':'g','made':{'grant':'g#2','amount':'5','unit':'credits',"
            + "'state':'open'}} | renewed g by 5 credits as g#2, open, expires never",
        "{'type':'top_up','top_up':'top-up-7','outcome':'failed'} | top-up-7 failed",
        "{'type':'remind','grant':'g'} | reminded of g",
        "{'type':'remind'} | looked at again",
        "{'type':'something_new','amount':'5','unit':'credits'} | something_new of 5 credits",
      })
  void whatItDid(String entry, String deed) throws IOException {
    assertThat(EntryText.deed(LedgerClient.MAPPER.readTree(entry.replace('\'', '"'))))
        .isEqualTo(deed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'allocations':[{'grant':'g','move':'return_expired','amount':'3'}],"
            + "'cancelled_overdraft':'1','unrepaid':'2'}"
            + " | return expired g 3, cancelled overdraft 1, unrepaid 2",
        "{'overage':'0','forgiven':'1'} | forgiven 1",
        "{} | ``",
      })
  void whatMoved(String entry, String moved) throws IOException {
    assertThat(EntryText.moved(LedgerClient.MAPPER.readTree(entry.replace('\'', '"'))))
        .isEqualTo(moved);
  }
}
