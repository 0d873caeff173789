package dev.ostiary.embed.config;

import org.jspecify.annotations.Nullable;

/**
 * What is for operators alone, and so has an address of its own.
 *
 * @param listen where the metrics are; null if they are not wanted
 */
public record Admin(@Nullable Listen listen) {
  /** Nothing of it, and no metrics. */
  public static final Admin OFF = new Admin(null);
}
