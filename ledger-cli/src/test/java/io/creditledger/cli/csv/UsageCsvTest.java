package io.creditledger.cli.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageCsvTest {

  @TempDir private Path directory;

  private List<UsageRow> read(String name, String text, String map) throws IOException {
    Files.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    List<UsageRow> rows = new ArrayList<>();
    try (UsageCsv csv = UsageCsv.open(settings(name, map), Duration.ZERO)) {
      for (Optional<UsageRow> row = csv.next(); row.isPresent(); row = csv.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }

  private UsageCsv.Settings settings(String name, String map) {
    return new UsageCsv.Settings(directory.resolve(name), ',', ColumnMap.parse(map), CsvTimes.ISO);
  }

  private static String event(UsageRow row) {
    return ((UsageRow.Usage) row).event().toString();
  }

  @Test
  void aLineIsAnEventWithWhatTheMapSays() throws IOException {
    List<UsageRow> rows =
        read(
            "a.csv",
            "\uFEFFwho,tokens,when,model,sub\r\n cus_1 ,\"12\",2026-11-21 10:00,,s_1\r\n",
            "customer=who,meter='llm',quantity=tokens,occurred_at=when,property.model=model,"
                + "property.kind='chat',subscription=sub");

    assertThat(event(rows.getFirst()))
        .isEqualTo(
            "{\"customer\":\"cus_1\",\"meter\":\"llm\",\"quantity\":\"12\",\"subscription\":\"s_1\","
                + "\"id\":\"csv:a.csv:2:tokens\",\"occurred_at\":\"2026-11-21T10:00:00Z\","
                + "\"properties\":{\"kind\":\"chat\"}}");
  }

  @Test
  void linesAreCountedAsAnEditorDoes() throws IOException {
    List<UsageRow> rows =
        read(
            "a.csv",
            "who,n,note\n\na,1,\"two\nlines\"\nb,2,\"and\r\nthree\n\"\n\n\nc,3,\r\nd\ne,5,x",
            "customer=who,credits=n");

    assertThat(rows).extracting(UsageRow::line).containsExactly(3L, 5L, 10L, 11L, 12L);
    assertThat(rows.get(3)).isInstanceOf(UsageRow.Unreadable.class);
  }

  @Test
  void anIdOfTheFilesOwnIsKeptAndMustBeThere() throws IOException {
    List<UsageRow> rows = read("a.csv", "k,who,n\nx-1,a,1\n,a,1\n", "id=k,customer=who,credits=n");

    assertThat(rows.getFirst()).extracting("id").isEqualTo("x-1");
    assertThat(rows.getLast()).isEqualTo(new UsageRow.Unreadable(3, "id is empty"));
  }

  @Test
  void twoColumnsOfOneFileMakeDifferentEvents() throws IOException {
    String text = "who,in,out\na,1,2\n";

    String in = event(read("a.csv", text, "customer=who,meter='i',quantity=in").getFirst());
    String out = event(read("a.csv", text, "customer=who,meter='o',quantity=out").getFirst());

    assertThat(in).contains("csv:a.csv:2:in");
    assertThat(out).contains("csv:a.csv:2:out");
  }

  @Test
  void unwieldyNamesAreHashedIntoIds() throws IOException {
    String name = "Umsätze März.csv";

    List<UsageRow> rows = read(name, "who,n\na,1\n", "customer=who,credits=n");

    assertThat(((UsageRow.Usage) rows.getFirst()).id()).matches("csv:[0-9a-f]{24}:2");
    assertThat(read(name, "who,n\na,1\n", "customer=who,credits=n")).isEqualTo(rows);
  }

  @Test
  void aTimeThatIsNoneIsTheLinesFault() throws IOException {
    List<UsageRow> rows =
        read("a.csv", "who,n,t\na,1,soon\n", "customer=who,credits=n,occurred_at=t");

    assertThat(rows.getFirst())
        .isInstanceOfSatisfying(
            UsageRow.Unreadable.class,
            row ->
                assertThat(row.detail()).startsWith("occurred_at is not a time").contains("soon"));
  }

  @Test
  void aSurveyTellsTheNumberOfLinesAndTheNewestTime() throws IOException {
    Files.writeString(
        directory.resolve("a.csv"), "who,n,t\na,1,2026-11-02\nb,1,2026-11-03\nc,1,soon\nd,1,\n");

    UsageCsv.Survey survey =
        UsageCsv.survey(settings("a.csv", "customer=who,credits=n,occurred_at=t"));

    assertThat(survey)
        .isEqualTo(new UsageCsv.Survey(4, Optional.of(Instant.parse("2026-11-03T00:00:00Z"))));
  }

  @Test
  void filesThatAreNoneAreRefused() throws IOException {
    assertThatThrownBy(() -> read("a.csv", "", "customer=who,credits=n"))
        .isInstanceOf(CsvException.class)
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> read("a.csv", "who,n,n\na,1,2\n", "customer=who,credits=n"))
        .isInstanceOf(CsvException.class)
        .hasMessageContaining("several columns \"n\"");
    Files.write(
        directory.resolve("b.csv"), "who,n\nM\u00fcller,1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> UsageCsv.survey(settings("b.csv", "customer=who,credits=n")))
        .isInstanceOf(CsvException.class)
        .hasMessageContaining("UTF-8");
  }
}
