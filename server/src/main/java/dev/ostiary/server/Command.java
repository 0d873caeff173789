package dev.ostiary.server;

import dev.ostiary.server.exit.StartRefused;
import picocli.CommandLine.ParseResult;

/** What a command does once its line has been understood. */
interface Command {
  /** Does it, and answers with the exit code. */
  int run(ParseResult parsed) throws StartRefused, InterruptedException;
}
