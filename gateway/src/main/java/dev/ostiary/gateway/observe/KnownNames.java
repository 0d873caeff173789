package dev.ostiary.gateway.observe;

import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.mcp.ListFilter;
import dev.ostiary.mcp.ListMethod;
import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import dev.ostiary.mcp.Message.WellFormed;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names that one server's calls are counted under. A client can put any name into a call, so
 * only names count that come from elsewhere: the specification, the policy, or the server when it
 * listed its tools.
 */
final class KnownNames {
  /** How many tools of a server are told apart. */
  static final int TOOL_LIMIT = 200;

  private static final int NAME_LIMIT = 128;

  private static final Set<String> METHODS =
      Set.of(
          "initialize",
          "ping",
          "server/discover",
          "tools/list",
          "tools/call",
          "resources/list",
          "resources/templates/list",
          "resources/read",
          "resources/subscribe",
          "resources/unsubscribe",
          "prompts/list",
          "prompts/get",
          "completion/complete",
          "logging/setLevel",
          "subscriptions/listen",
          "tasks/get",
          "tasks/update",
          "tasks/cancel",
          "notifications/initialized",
          "notifications/cancelled",
          "notifications/progress",
          "notifications/roots/list_changed");

  private final Set<String> tools = ConcurrentHashMap.newKeySet();

  KnownNames(Policy policy) {
    policy.tools().names().forEach(this::note);
  }

  /** What a call is counted under. */
  static String method(WellFormed message) {
    return switch (message) {
      case Envelope envelope when envelope.kind() == Kind.RESPONSE -> "response";
      case Envelope envelope when METHODS.contains(envelope.method()) -> envelope.method();
      case Batch _ -> "batch";
      case Envelope _ -> GatewayObserver.OTHER;
    };
  }

  /**
   * What a GET or DELETE is counted under.
   *
   * @param method of HTTP
   */
  static String listening(String method) {
    return method.equals("GET") ? "listen" : "end-session";
  }

  /** The tool that is called; empty if none is. */
  String tool(WellFormed message) {
    if (!(message instanceof Envelope envelope) || !envelope.method().equals("tools/call")) {
      return "";
    }
    String name = envelope.params().name();
    return name != null && tools.contains(name) ? name : GatewayObserver.OTHER;
  }

  /** What takes down the tools in an answer; empty if it lists none. */
  Optional<ListFilter> listener(WellFormed message) {
    return message instanceof Envelope envelope
            && envelope.method().equals(ListMethod.TOOLS.method())
        ? ListFilter.of(
            envelope,
            entry -> {
              if (entry.list() == ListMethod.TOOLS) {
                note(entry.key());
              }
              return true;
            })
        : Optional.empty();
  }

  private void note(String tool) {
    if (!tools.contains(tool) && tools.size() < TOOL_LIMIT && tool.length() <= NAME_LIMIT) {
      tools.add(tool);
    }
  }
}
