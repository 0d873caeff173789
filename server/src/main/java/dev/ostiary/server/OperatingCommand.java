package dev.ostiary.server;

import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.server.data.MasterKeySource;
import dev.ostiary.server.exit.ExitCode;
import dev.ostiary.server.exit.StartRefused;
import dev.ostiary.server.operate.Answer;
import dev.ostiary.server.operate.Backups;
import dev.ostiary.server.operate.Operating;
import dev.ostiary.server.operate.OperatorConnection;
import dev.ostiary.server.operate.OperatorRequest;
import dev.ostiary.server.operate.Updates;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.util.Locale;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ObjectNode;

/** Has one request done, by the running server or in its place, and tells what came of it. */
final class OperatingCommand implements Command {
  /** What a command does with what it learns. */
  interface Telling {
    /** Before anything else. */
    default void begin(boolean byServer) {}

    /** An entry of a list. */
    default void entry(ObjectNode entry) {}

    /** It was done. */
    void done(ObjectNode outcome);
  }

  /** What is asked for on a command line. */
  interface Asking {
    OperatorRequest request(ParseResult parsed);
  }

  /** How the answer to a command line is told. */
  interface Answering {
    Telling telling(ParseResult parsed, PrintStream out, PrintStream err);
  }

  private final Invocation invocation;
  private final Asking asking;
  private final Answering answering;

  OperatingCommand(Invocation invocation, Asking asking, Answering answering) {
    this.invocation = invocation;
    this.asking = asking;
    this.answering = answering;
  }

  @Override
  public int run(ParseResult parsed) throws StartRefused, InterruptedException {
    OperatorRequest request = asking.request(parsed);
    Telling telling = answering.telling(parsed, invocation.out(), invocation.err());
    DataDirectory directory = OperatingOptions.directory(parsed, invocation);
    Shown shown = new Shown(telling);
    MasterKeySource masterKey = OperatingOptions.masterKey(parsed, invocation, directory);
    try (Operating operating =
        new OperatorConnection(directory, masterKey, invocation.time()).open()) {
      telling.begin(operating.byServer());
      Answer answer = operating.ask(request, shown);
      shown.clear();
      return switch (answer) {
        case Answer.Done(ObjectNode outcome) -> {
          telling.done(outcome);
          invocation.out().flush();
          yield ExitCode.STOPPED.number();
        }
        case Answer.Refused(int _, String reason) -> fail(reason);
      };
    } catch (ConnectException stopped) {
      return run(parsed); // nothing was sent: the server has just stopped
    } catch (IOException broken) {
      shown.clear();
      return fail(
          "it is not known whether %s was done: %s%s"
              .formatted(
                  shown.ended == 0 ? "it" : "all of it",
                  broken.getMessage(),
                  shown.ended == 0 ? "" : "; grants ended until then: " + shown.ended));
    }
  }

  private int fail(String reason) {
    invocation
        .err()
        .println(reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1) + ".");
    return ExitCode.FAILED.number();
  }

  /** Shows how far it is in one line that is written over, on a terminal. */
  private final class Shown implements Updates {
    private final Telling telling;
    private long ended;
    private boolean shown;

    Shown(Telling telling) {
      this.telling = telling;
    }

    @Override
    public void entry(ObjectNode entry) {
      telling.entry(entry);
    }

    @Override
    public void ended(long grants) {
      ended = grants;
      show("Grants ended: " + grants);
    }

    @Override
    public void written(long bytes) {
      show("Written: " + Backups.size(bytes));
    }

    private void show(String progress) {
      if (invocation.colour()) {
        invocation.err().print("\r" + progress);
        invocation.err().flush();
        shown = true;
      }
    }

    void clear() {
      if (shown) {
        invocation.err().print("\r" + " ".repeat(40) + "\r");
      }
    }
  }
}
