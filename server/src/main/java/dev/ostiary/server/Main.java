package dev.ostiary.server;

/** Where the program begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(OstiaryCommand.of(Invocation.ofProcess()).execute(arguments));
  }
}
