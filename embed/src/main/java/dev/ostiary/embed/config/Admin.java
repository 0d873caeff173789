package dev.ostiary.embed.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is for operators alone, and so has an address of its own.
 *
 * @param listen where the metrics are; null if they are not wanted
 * @param hosts names by which they are asked for, beside loopback names and addresses
 */
public record Admin(@Nullable Listen listen, List<String> hosts) {
  /** Nothing of it, and no metrics. */
  public static final Admin OFF = new Admin(null, List.of());

  public Admin {
    hosts = List.copyOf(hosts);
  }
}
