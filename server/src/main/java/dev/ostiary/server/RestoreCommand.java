package dev.ostiary.server;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.store.StoreInUse;
import dev.ostiary.server.audit.AuditFile;
import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.server.data.IoErrors;
import dev.ostiary.server.exit.ExitCode;
import dev.ostiary.server.exit.StartRefused;
import dev.ostiary.server.operate.Backups;
import dev.ostiary.store.jdbc.sqlite.BackupProblem;
import dev.ostiary.store.jdbc.sqlite.SqliteRestore;
import dev.ostiary.store.jdbc.sqlite.SqliteRestore.Restored;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code ostiary restore}: puts a backup into the data directory of a server that does not run. */
final class RestoreCommand implements Command {
  private static final String REPLACE = "--replace";

  private final Invocation invocation;

  private RestoreCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  static CommandSpec spec(Invocation invocation) {
    return OperatingOptions.spec(
            new RestoreCommand(invocation),
            "restore",
            "Puts a backup into the data directory of a server that does not run. The backup is"
                + " checked first, and stays as it is.",
            "A server that begins with it knows what was true when the backup was made: grants that"
                + " were ended since are in force again, and clients that refreshed since sign in"
                + " again.")
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("FILE")
                .type(Path.class)
                .arity("1")
                .description("The backup.")
                .build())
        .addOption(
            OptionSpec.builder(REPLACE)
                .description(
                    "Also where there is a database: it is moved aside, to a name that ends in"
                        + " .before- and the time, and never deleted.")
                .build());
  }

  @Override
  public int run(ParseResult parsed) throws StartRefused {
    Path file = invocation.directory().resolve(parsed.matchedPositionalValue(0, Path.of("")));
    DataDirectory directory = OperatingOptions.anyDirectory(parsed, invocation);
    if (directory.isOfSharedStore()) {
      throw StartRefused.data(
          "The configuration keeps the records on a database server: restore it with its own tools,"
              + " such as pg_restore.");
    }
    Instant now = invocation.time().instant();
    try {
      Restored restored =
          SqliteRestore.of(file, directory.database(), parsed.hasMatchedOption(REPLACE), now);
      record(directory, file, now);
      tell(restored, directory);
      return ExitCode.STOPPED.number();
    } catch (StoreInUse inUse) {
      throw StartRefused.data(inUse);
    } catch (BackupProblem problem) {
      String text = String.valueOf(problem.getMessage());
      invocation
          .err()
          .println(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".");
      return ExitCode.FAILED.number();
    }
  }

  private static void record(DataDirectory directory, Path file, Instant now) throws StartRefused {
    try (AuditFile audit = AuditFile.open(directory.auditStream())) {
      audit.record(new AuditEvent.StoreRestored(now, "-", file.toString()));
    } catch (IOException failure) {
      throw StartRefused.data(
          "The database is restored, but the audit stream "
              + directory.auditStream()
              + " cannot be written: "
              + IoErrors.of(failure)
              + ".");
    }
  }

  private void tell(Restored restored, DataDirectory directory) {
    invocation
        .out()
        .println("Restored: " + directory.database() + ", " + Backups.size(restored.bytes()));
    restored.aside().ifPresent(aside -> invocation.out().println("The database before: " + aside));
    if (directory.masterKeyFile().isEmpty()) {
      invocation
          .err()
          .println(
              "There is no master key in "
                  + directory.path()
                  + ": the server needs the one that the backup was made with.");
    }
  }
}
