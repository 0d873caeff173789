package dev.ostiary.server;

import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.server.exit.StartRefused;
import dev.ostiary.server.operate.Backups;
import dev.ostiary.server.operate.OperatorRequest;
import java.io.PrintStream;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ObjectNode;

/** {@code ostiary backup}: copies the database while the server runs. */
final class BackupCommand {
  private BackupCommand() {}

  static CommandSpec spec(Invocation invocation) {
    CommandSpec spec =
        OperatingOptions.spec(
            new OperatingCommand(
                invocation,
                parsed -> new OperatorRequest.BackUp(file(parsed, invocation)),
                (parsed, out, err) ->
                    Listing.isJson(parsed)
                        ? outcome -> out.println(outcome)
                        : outcome -> tell(outcome, parsed, invocation, out, err)),
            "backup",
            "Copies the database into a new file, readable by its owner only. The server that runs"
                + " does it and goes on serving; without one this command does. The copy is the"
                + " state of one moment, and has been checked. The master key is not in it.");
    return spec.addPositional(
            PositionalParamSpec.builder()
                .paramLabel("FILE")
                .type(Path.class)
                .arity("1")
                .description("The file to write. One that exists is never overwritten.")
                .build())
        .addOption(Listing.json("Prints a line of JSON with file and bytes."));
  }

  /** The server has another working directory. */
  private static Path file(ParseResult parsed, Invocation invocation) {
    Path file = parsed.matchedPositionalValue(0, Path.of(""));
    return invocation.directory().resolve(file).toAbsolutePath().normalize();
  }

  private static void tell(
      ObjectNode outcome,
      ParseResult parsed,
      Invocation invocation,
      PrintStream out,
      PrintStream err) {
    out.println(
        "Backup: "
            + Listing.text(outcome, "file")
            + ", "
            + Backups.size(outcome.path("bytes").asLong()));
    err.println(
        "A backup is of use only with the master key"
            + masterKey(parsed, invocation)
            + ". Keep a copy of the key in another place than the backups.");
  }

  /** Where it is, if it is a file of the data directory. */
  private static String masterKey(ParseResult parsed, Invocation invocation) {
    try {
      DataDirectory directory = OperatingOptions.directory(parsed, invocation);
      return directory.masterKeyFile().map(key -> ", " + key).orElse("");
    } catch (StartRefused goneMeanwhile) {
      return "";
    }
  }
}
