package dev.ostiary.embed;

/** Which release this is. */
final class Release {
  private Release() {}

  /** As the manifest of the jar has it. */
  static String version() {
    String version = Release.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
