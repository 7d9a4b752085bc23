package io.creditledger.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in columns as wide as they need; columns of amounts stand to the right. */
public final class Table {

  private final List<String> head;
  private final int leftAligned;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<String> head, int leftAligned) {
    this.head = head;
    this.leftAligned = leftAligned;
  }

  /** A table whose columns all stand to the left. */
  public static Table of(String... head) {
    return new Table(List.of(head), head.length);
  }

  /** A table with that many columns to the left and the others to the right. */
  public static Table withAmounts(int leftAligned, String... head) {
    return new Table(List.of(head), leftAligned);
  }

  /** Adds a row with a cell for each column. */
  public Table row(Object... cells) {
    rows.add(Arrays.stream(cells).map(String::valueOf).toList());
    return this;
  }

  /** Writes it, each line after the indent. */
  public void print(PrintWriter out, String indent) {
    int[] widths = new int[head.size()];
    List<List<String>> lines = new ArrayList<>(rows);
    lines.addFirst(head);
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).codePointCount(0, line.get(i).length()));
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder(indent);
      for (int i = 0; i < widths.length; i++) {
        String cell = line.get(i);
        String gap = " ".repeat(widths[i] - cell.codePointCount(0, cell.length()));
        text.append(i < leftAligned ? cell + gap : gap + cell).append("  ");
      }
      out.println(text.toString().stripTrailing());
    }
  }
}
