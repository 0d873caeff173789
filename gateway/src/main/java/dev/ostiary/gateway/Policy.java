package dev.ostiary.gateway;

import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import dev.ostiary.mcp.Message.Malformed;
import dev.ostiary.protocol.Scopes;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which scopes a call needs. Finding out what a server offers takes an access token, but no scope
 * in particular, so that a client can learn of a tool that it may then ask more scopes for.
 *
 * @param tools what each named tool needs; possibly nothing
 * @param otherwise what every other call needs
 * @param closure what someone with these scopes effectively has: broad scopes and the narrower ones
 *     they imply
 */
public record Policy(Map<String, Scopes> tools, Scopes otherwise, UnaryOperator<Scopes> closure) {
  private static final Set<String> OPEN =
      Set.of(
          "initialize",
          "ping",
          "server/discover",
          "tools/list",
          "resources/list",
          "resources/templates/list",
          "prompts/list");

  public Policy {
    tools = Map.copyOf(tools);
  }

  /** The same scopes for every call, none of which implies another. */
  public static Policy everyCall(Scopes needed) {
    return new Policy(Map.of(), needed, UnaryOperator.identity());
  }

  /** The scopes that all of this message needs. */
  Scopes needed(Message message) {
    return switch (message) {
      case Envelope envelope -> needed(envelope);
      case Batch(var messages) -> {
        Scopes all = Scopes.none();
        for (Message each : messages) {
          all = all.union(needed(each));
        }
        yield all;
      }
      case Malformed _ -> Scopes.none();
    };
  }

  private Scopes needed(Envelope envelope) {
    if (envelope.kind() != Kind.REQUEST || OPEN.contains(envelope.method())) {
      return Scopes.none();
    }
    String name = envelope.params().name();
    return envelope.method().equals("tools/call") && name != null
        ? tools.getOrDefault(name, otherwise)
        : otherwise;
  }

  /** Whether someone with these scopes may do what needs those. */
  boolean suffices(Scopes held, Scopes needed) {
    return held.containsAll(needed) || closure.apply(held).containsAll(needed);
  }
}
