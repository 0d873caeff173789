package dev.ostiary.config;

import org.jspecify.annotations.Nullable;

/**
 * Where something is read.
 *
 * @param path of the key, in full; empty for the whole
 * @param name the last part of the path
 * @param line of the key, or of what is around it
 */
public record Place(Reading reading, String path, String name, int line) {
  /** The place of a key below this one. */
  public Place in(String key, @Nullable Node node) {
    return new Place(reading, join(path, key), key, node == null ? line : node.line());
  }

  /** Notes that what is written here cannot be used; no check will say more about it. */
  public void wrong(@Nullable String value, String what, String remedy) {
    reading.wrong(new Problem(path, value, line, what, remedy));
  }

  static String join(String path, String name) {
    return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
  }
}
