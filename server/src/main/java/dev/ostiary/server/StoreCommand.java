package dev.ostiary.server;

import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.server.exit.ExitCode;
import dev.ostiary.server.exit.StartRefused;
import java.util.SequencedMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code ostiary store}: moves the records to another store. */
final class StoreCommand implements Command {
  private final Invocation invocation;

  private StoreCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  static CommandSpec spec(Invocation invocation) {
    CommandSpec spec =
        CommandSpec.create()
            .name("store")
            .mixinStandardHelpOptions(true)
            .version(Version.text())
            .addSubcommand(
                "copy",
                OperatingOptions.spec(
                    new StoreCommand(invocation),
                    "copy",
                    "Copies every record of the SQLite file in the data directory to the PostgreSQL"
                        + " database that the configuration names in store.postgresql, which must"
                        + " be empty, and compares both. No server may run on either. The file"
                        + " stays as it is."));
    spec.usageMessage()
        .description("Moves the records to another store.")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n");
    return spec;
  }

  @Override
  public int run(ParseResult parsed) throws StartRefused {
    DataDirectory directory = OperatingOptions.directory(parsed, invocation);
    SequencedMap<String, Long> rows;
    try {
      rows = directory.copyStore();
    } catch (StoreUnavailable unavailable) {
      throw StartRefused.data(unavailable);
    }
    rows.forEach((table, count) -> invocation.out().printf("%-20s %d%n", table, count));
    invocation
        .out()
        .printf(
            "Copied and compared. Start the server with this configuration, and move %s away when"
                + " it serves.%n",
            directory.database());
    invocation.out().flush();
    return ExitCode.STOPPED.number();
  }
}
