package dev.ostiary.server;

import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.server.operate.Answer;
import dev.ostiary.server.operate.Operating;
import dev.ostiary.server.operate.OperatingWay;
import dev.ostiary.server.operate.OperatorRequest;
import java.io.IOException;
import java.io.PrintStream;
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
    try (Operating operating = new OperatingWay(directory, invocation.time()).open()) {
      telling.begin(operating.byServer());
      return switch (operating.ask(request, telling::entry)) {
        case Answer.Done(ObjectNode outcome) -> {
          telling.done(outcome);
          invocation.out().flush();
          yield ExitCode.STOPPED.number();
        }
        case Answer.Refused(String reason) -> fail(reason);
      };
    } catch (IOException broken) {
      return fail("it is not known whether it was done: " + broken.getMessage());
    }
  }

  private int fail(String reason) {
    invocation
        .err()
        .println(reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1) + ".");
    return ExitCode.FAILED.number();
  }
}
