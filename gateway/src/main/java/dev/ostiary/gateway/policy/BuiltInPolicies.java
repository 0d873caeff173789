package dev.ostiary.gateway.policy;

import dev.ostiary.config.Problem;
import dev.ostiary.protocol.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The policies that Ostiary brings along, by the names that configurations call them by. */
public final class BuiltInPolicies {
  private BuiltInPolicies() {}

  /** All of them. */
  public static Map<String, Policy> all() {
    return Map.of("github", github());
  }

  /** GitHub's official MCP server: every tool with its scopes; what it does not name is denied. */
  public static Policy github() {
    return read("github.json");
  }

  private static Policy read(String resource) {
    try (InputStream text = BuiltInPolicies.class.getResourceAsStream(resource)) {
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
