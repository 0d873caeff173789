package dev.ostiary.server.exit;

import java.io.Serial;
import java.util.Locale;

/** The program does not start, and the message tells its user why and what to do. */
public final class StartRefused extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final ExitCode exitCode;

  private StartRefused(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public static StartRefused configuration(String report) {
    return new StartRefused(ExitCode.CONFIGURATION, report);
  }

  public static StartRefused address(String message) {
    return new StartRefused(ExitCode.ADDRESS, message);
  }

  public static StartRefused data(String message) {
    return new StartRefused(ExitCode.DATA, message);
  }

  /** The store says what is wrong with it. */
  public static StartRefused data(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    return data(message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + ".");
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
