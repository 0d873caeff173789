package dev.ostiary.server;

/** Which release this is. */
final class Version {
  private Version() {}

  /** For people. */
  static String text() {
    return "ostiary " + number() + " (Java " + Runtime.version() + ")";
  }

  /** As the manifest of the jar has it. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "in development" : version;
  }
}
