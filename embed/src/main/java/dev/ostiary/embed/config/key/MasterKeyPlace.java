package dev.ostiary.embed.config.key;

import dev.ostiary.protocol.Secret;
import java.nio.file.Path;

/** Where a master key is that is not in the data directory. */
public sealed interface MasterKeyPlace {
  String FILE = "file:";

  /** A file that only its owner can read. */
  record OfFile(Path file) implements MasterKeyPlace {}

  /** The configuration itself, which takes it from a variable: 64 hexadecimal digits. */
  record Text(Secret key) implements MasterKeyPlace {}

  /**
   * The store, sealed by a key management service.
   *
   * @param uri of the key at the service
   */
  record Kms(String uri) implements MasterKeyPlace {}

  /**
   * Reads what is configured.
   *
   * @throws IllegalArgumentException whose message is the predicate of a sentence
   */
  static MasterKeyPlace parse(String text) {
    if (text.startsWith(FILE)) {
      return new OfFile(path(text.substring(FILE.length())));
    }
    if (isKms(text)) {
      return new Kms(text);
    }
    if (text.strip().matches("[0-9a-f]{64}")) {
      return new Text(new Secret(text.strip()));
    }
    throw new IllegalArgumentException(
        "must be a file, the URI of a key at a key management service, or 64 hexadecimal digits in"
            + " lower case from a variable");
  }

  /** How it is written; a key is not shown. */
  default String format() {
    return switch (this) {
      case OfFile(Path file) -> FILE + file;
      case Text(Secret key) -> key.toString();
      case Kms(String uri) -> uri;
    };
  }

  /** Whether a text of the configuration may be a key itself. */
  static boolean isSecret(String text) {
    return !text.startsWith(FILE) && !isKms(text);
  }

  private static boolean isKms(String text) {
    return text.matches("[a-z][a-z0-9+.-]*://\\S+");
  }

  private static Path path(String text) {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return path;
      }
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("must name its file by an absolute path", malformed);
    }
    throw new IllegalArgumentException("must name its file by an absolute path");
  }
}
