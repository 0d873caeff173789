package dev.ostiary.server;

import dev.ostiary.server.OperatingCommand.Telling;
import dev.ostiary.server.operate.Messages;
import java.io.PrintStream;
import java.util.function.Function;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A list as a table for people, or as lines of JSON for programs. */
final class Listing {
  private static final String JSON = "--json";

  private Listing() {}

  static OptionSpec json(String description) {
    return OptionSpec.builder(JSON).description(description).build();
  }

  static boolean isJson(ParseResult parsed) {
    return parsed.hasMatchedOption(JSON);
  }

  /**
   * Shows entries as lines of JSON, or as rows.
   *
   * @param none what is said of an empty list
   */
  static Telling of(
      ParseResult parsed,
      PrintStream out,
      PrintStream err,
      String none,
      Function<ObjectNode, String[]> row,
      String... headings) {
    return isJson(parsed) ? new Lines(out) : new Rows(out, err, none, row, headings);
  }

  /** The text of a member; empty if it is null. */
  static String text(ObjectNode entry, String name) {
    JsonNode node = entry.get(name);
    return node == null || node.isNull() ? "" : node.asString();
  }

  /** A time to the minute. */
  static String minute(ObjectNode entry, String name) {
    String time = text(entry, name);
    return time.isEmpty() ? "" : time.substring(0, "2026-11-21T23:59".length()) + "Z";
  }

  private record Lines(PrintStream out) implements Telling {
    @Override
    public void entry(ObjectNode entry) {
      out.println(Messages.write(entry));
    }

    @Override
    public void done(ObjectNode outcome) {
      out.flush();
    }
  }

  private static final class Rows implements Telling {
    private final PrintStream err;
    private final String none;
    private final Function<ObjectNode, String[]> row;
    private final Table table;
    private boolean empty = true;

    Rows(
        PrintStream out,
        PrintStream err,
        String none,
        Function<ObjectNode, String[]> row,
        String[] headings) {
      this.err = err;
      this.none = none;
      this.row = row;
      this.table = new Table(out, headings);
    }

    @Override
    public void entry(ObjectNode entry) {
      empty = false;
      table.row(row.apply(entry));
    }

    @Override
    public void done(ObjectNode outcome) {
      if (empty) {
        err.println(none);
      } else {
        table.flush();
      }
    }
  }
}
