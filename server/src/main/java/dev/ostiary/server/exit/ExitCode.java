package dev.ostiary.server.exit;

/** How the program ends. The numbers are an API: {@code docs/reference/command-line.md}. */
public enum ExitCode {
  STOPPED(0, "It did what it was asked, or stopped when asked to (SIGTERM, Ctrl+C)."),
  FAILED(1, "It failed; the message says at what."),
  USAGE(2, "The command line is wrong."),
  CONFIGURATION(3, "The configuration is wrong; every problem is listed."),
  ADDRESS(4, "It cannot listen: the port is in use, or the address is not this machine's."),
  DATA(5, "The data directory, the master key or the database cannot be used.");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }
}
