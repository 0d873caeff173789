package dev.ostiary.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as people write it: a number and {@code KiB} or {@code MiB}, or bytes. */
public final class Size {
  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,9}) ?(B|KiB|MiB)?");
  private static final int KIB = 1024;

  private Size() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static int parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a number of bytes, KiB or MiB");
    }
    long number = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2) == null ? "B" : matcher.group(2);
    long bytes =
        switch (unit) {
          case "KiB" -> number * KIB;
          case "MiB" -> number * KIB * KIB;
          default -> number;
        };
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("must be less than 2048 MiB");
    }
    return (int) bytes;
  }

  /** Writes one in the largest unit that it is a whole number of. */
  public static String format(int bytes) {
    if (bytes == 0 || bytes % KIB != 0) {
      return bytes + " B";
    }
    return bytes % (KIB * KIB) != 0 ? bytes / KIB + " KiB" : bytes / (KIB * KIB) + " MiB";
  }
}
