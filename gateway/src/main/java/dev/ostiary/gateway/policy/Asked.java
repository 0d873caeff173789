package dev.ostiary.gateway.policy;

import dev.ostiary.mcp.Arguments;
import dev.ostiary.mcp.ListMethod;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Params;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a message would use, as far as rules are about it. */
sealed interface Asked {
  record Tool(String name, @Nullable RawJson arguments) implements Asked {}

  record Prompt(String name, @Nullable RawJson arguments) implements Asked {}

  record Resource(String uri) implements Asked {}

  record Method(String name) implements Asked {}

  /** Methods that tell about the server, and whose use no rule can be about. */
  Set<String> ALWAYS_OPEN = Set.of("initialize", "ping", "server/discover");

  /** Methods that are open unless a rule names them. */
  Set<String> OPEN = Set.of("logging/setLevel", "resources/unsubscribe", "subscriptions/listen");

  /** Methods that are judged by what they use. */
  Set<String> JUDGED_BY_WHAT_THEY_USE =
      Set.of(
          "tools/call",
          "prompts/get",
          "resources/read",
          "resources/subscribe",
          "completion/complete");

  /**
   * All that a message asks for, whether it waits for a response or not.
   *
   * @throws Arguments.Unsound if it does not say so clearly
   */
  static List<Asked> of(Envelope envelope, Policy policy) throws Arguments.Unsound {
    String method = envelope.method();
    Params params = envelope.params();
    return switch (method) {
      case "tools/call" ->
          List.of(new Tool(text(params.name(), "params.name"), params.arguments()));
      case "prompts/get" ->
          List.of(new Prompt(text(params.name(), "params.name"), params.arguments()));
      case "resources/read" -> List.of(new Resource(text(params.uri(), "params.uri")));
      case "resources/subscribe" -> List.of(subscribe(params));
      case "completion/complete" -> List.of(reference(params.reference()));
      case "subscriptions/listen" -> listen(policy, params.notifications());
      default -> isOpen(method, policy) ? List.of() : List.of(new Method(method));
    };
  }

  private static boolean isOpen(String method, Policy policy) {
    if (method.isEmpty()
        || method.startsWith("notifications/")
        || ALWAYS_OPEN.contains(method)) { // a response has no method
      return true;
    }
    boolean open = OPEN.contains(method) || ListMethod.of(method) != null;
    return open && !policy.methods().hasExact(method);
  }

  /**
   * The modern era has no such method, so a message of it that names no resource is judged as any
   * other unknown method is.
   */
  private static Asked subscribe(Params params) throws Arguments.Unsound {
    return params.isModern() && params.uri() == null
        ? new Method("resources/subscribe")
        : new Resource(text(params.uri(), "params.uri"));
  }

  private static Asked reference(@Nullable RawJson reference) throws Arguments.Unsound {
    Map<String, Scalar> ref = Arguments.read(reference, Set.of("type", "name", "uri"));
    return switch (ref.get("type")) {
      case Scalar.Text(String type) when type.equals("ref/prompt") ->
          new Prompt(text(ref.get("name"), "params.ref.name"), null);
      case Scalar.Text(String type) when type.equals("ref/resource") ->
          new Resource(text(ref.get("uri"), "params.ref.uri"));
      case null, default -> throw new Arguments.Unsound("params.ref.type is not known");
    };
  }

  private static List<Asked> listen(Policy policy, @Nullable RawJson notifications)
      throws Arguments.Unsound {
    List<Asked> asked = new ArrayList<>();
    if (policy.methods().hasExact("subscriptions/listen")) {
      asked.add(new Method("subscriptions/listen"));
    }
    Arguments.texts(notifications, "resourceSubscriptions")
        .forEach(uri -> asked.add(new Resource(uri)));
    return asked;
  }

  private static String text(@Nullable Scalar value, String what) throws Arguments.Unsound {
    return text(value instanceof Scalar.Text(String text) ? text : null, what);
  }

  private static String text(@Nullable String value, String what) throws Arguments.Unsound {
    if (value == null) {
      throw new Arguments.Unsound(what + " is not a string");
    }
    return value;
  }
}
