package dev.ostiary.gateway.policy;

import dev.ostiary.mcp.Arguments;
import dev.ostiary.mcp.ListMethod;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import dev.ostiary.mcp.Params;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a message would use, as far as rules are about it. */
sealed interface RequestedAccess {
  record Tool(String name, @Nullable RawJson arguments) implements RequestedAccess {}

  record Prompt(String name, @Nullable RawJson arguments) implements RequestedAccess {}

  record Resource(String uri) implements RequestedAccess {}

  /** Any of the resources whose URIs a template can become. */
  record Template(String uriTemplate) implements RequestedAccess {}

  record Method(String name) implements RequestedAccess {}

  /** Methods that tell about the server, and whose use no rule can be about. */
  Set<String> ALWAYS_OPEN = Set.of("initialize", "ping", "server/discover");

  /** Methods that are open unless a rule names them. */
  Set<String> OPEN = Set.of("logging/setLevel", "subscriptions/listen");

  /** Methods that are judged by what they use. */
  Set<String> JUDGED_BY_WHAT_THEY_USE =
      Set.of(
          "tools/call",
          "prompts/get",
          "resources/read",
          "resources/subscribe",
          "resources/unsubscribe",
          "completion/complete");

  /**
   * All that a message asks for, whether it waits for a response or not.
   *
   * @throws Arguments.Unsound if it does not say so clearly
   */
  static List<RequestedAccess> of(Envelope envelope, Policy policy) throws Arguments.Unsound {
    if (envelope.kind() == Kind.RESPONSE) {
      return List.of();
    }
    String method = envelope.method();
    Params params = envelope.params();
    return switch (method) {
      case "tools/call" ->
          List.of(new Tool(name(params.name(), "params.name"), params.arguments()));
      case "prompts/get" ->
          List.of(new Prompt(name(params.name(), "params.name"), params.arguments()));
      case "resources/read" -> List.of(new Resource(text(params.uri(), "params.uri")));
      case "resources/subscribe", "resources/unsubscribe" -> List.of(subscription(method, params));
      case "completion/complete" -> List.of(reference(params.reference()));
      case "subscriptions/listen" -> listen(policy, params.notifications());
      default -> method(method, policy);
    };
  }

  private static List<RequestedAccess> method(String method, Policy policy)
      throws Arguments.Unsound {
    if (JUDGED_BY_WHAT_THEY_USE.contains(method.toLowerCase(Locale.ROOT))) {
      throw new Arguments.Unsound("the method differs from one with a meaning only in case");
    }
    return isOpen(method, policy) ? List.of() : List.of(new Method(method));
  }

  private static boolean isOpen(String method, Policy policy) {
    if (method.startsWith("notifications/") || ALWAYS_OPEN.contains(method)) {
      return true;
    }
    boolean open = OPEN.contains(method) || ListMethod.of(method) != null;
    return open && !policy.methods().hasExact(method);
  }

  /**
   * The modern era has no such methods, so a message of it that names no resource is judged as any
   * other unknown method is.
   */
  private static RequestedAccess subscription(String method, Params params)
      throws Arguments.Unsound {
    return params.isModern() && params.uri() == null
        ? new Method(method)
        : new Resource(text(params.uri(), "params.uri"));
  }

  private static RequestedAccess reference(@Nullable RawJson reference) throws Arguments.Unsound {
    Map<String, Scalar> ref = Arguments.read(reference, Set.of("type", "name", "uri"));
    return switch (ref.get("type")) {
      case Scalar.Text(String type) when type.equals("ref/prompt") ->
          new Prompt(name(ref.get("name"), "params.ref.name"), null);
      case Scalar.Text(String type) when type.equals("ref/resource") ->
          resourceOrTemplate(text(ref.get("uri"), "params.ref.uri"));
      case null, default -> throw new Arguments.Unsound("params.ref.type is not known");
    };
  }

  private static RequestedAccess resourceOrTemplate(String uri) {
    return uri.indexOf('{') < 0 ? new Resource(uri) : new Template(uri);
  }

  private static List<RequestedAccess> listen(Policy policy, @Nullable RawJson notifications)
      throws Arguments.Unsound {
    List<RequestedAccess> asked = new ArrayList<>();
    if (policy.methods().hasExact("subscriptions/listen")) {
      asked.add(new Method("subscriptions/listen"));
    }
    Arguments.texts(notifications, "resourceSubscriptions")
        .forEach(uri -> asked.add(new Resource(uri)));
    return asked;
  }

  private static String name(@Nullable Scalar value, String what) throws Arguments.Unsound {
    return name(value instanceof Scalar.Text(String text) ? text : null, what);
  }

  /** Other readers might cut a name off at a control character, or replace half a character. */
  private static String name(@Nullable String value, String what) throws Arguments.Unsound {
    String name = text(value, what);
    if (!name.equals(name.strip())
        || name.codePoints().anyMatch(c -> Character.isISOControl(c) || isHalf(c))) {
      throw new Arguments.Unsound(what + " has characters that no name has");
    }
    return name;
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
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
