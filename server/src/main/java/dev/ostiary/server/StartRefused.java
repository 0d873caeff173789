package dev.ostiary.server;

import java.io.Serial;

/** The program does not start, and the message tells its user why and what to do. */
public final class StartRefused extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final ExitCode exitCode;

  private StartRefused(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  static StartRefused configuration(String report) {
    return new StartRefused(ExitCode.CONFIGURATION, report);
  }

  static StartRefused address(String message) {
    return new StartRefused(ExitCode.ADDRESS, message);
  }

  public static StartRefused data(String message) {
    return new StartRefused(ExitCode.DATA, message);
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
