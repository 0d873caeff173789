package dev.ostiary.gateway.policy;

import dev.ostiary.config.Problem;
import dev.ostiary.protocol.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** A ready-made policy that a library brings along, written in JSON. */
public final class PolicyResource {
  private PolicyResource() {}

  /**
   * Reads one.
   *
   * @param beside a class of the same package
   * @throws IllegalStateException if it is not there, or is no policy
   */
  public static Policy read(Class<?> beside, String resource) {
    try (InputStream text = beside.getResourceAsStream(resource)) {
      if (text == null) {
        throw new IllegalStateException(resource + " is not in the library");
      }
      return switch (PolicyReader.read(PolicyJson.read(text), Map.of())) {
        case Result.Ok<Policy, List<Problem>>(Policy policy) -> policy;
        case Result.Refused<Policy, List<Problem>>(List<Problem> problems) ->
            throw new IllegalStateException(resource + ": " + problems);
      };
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
