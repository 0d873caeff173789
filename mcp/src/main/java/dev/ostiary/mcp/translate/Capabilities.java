package dev.ostiary.mcp.translate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client and a server can do, as each era says it. Both have the same words but for tasks: a
 * capability of 2025-11-25, an extension in the modern era.
 */
public final class Capabilities {
  /** The extension of the modern era. */
  public static final String TASKS = "io.modelcontextprotocol/tasks";

  private static final String LEGACY_TASKS = "tasks";
  private static final String EXTENSIONS = "extensions";

  private Capabilities() {}

  /** Every client of 2025-11-25 may ask for tasks, whatever it says. */
  static ObjectNode ofClientToModern(ObjectNode legacy) {
    ObjectNode modern = legacy.deepCopy();
    modern.remove(LEGACY_TASKS);
    return modern;
  }

  /** Adds the extension for tasks to what a modern request says of its client. */
  public static void withTasks(ObjectNode clientCapabilities) {
    extensions(clientCapabilities).putObject(TASKS);
  }

  /** Whether a side has the extension for tasks. */
  public static boolean hasTasks(ObjectNode modern) {
    return modern.path(EXTENSIONS).has(TASKS);
  }

  /** Whether a server of 2025-11-25 runs tool calls as tasks. */
  public static boolean hasToolTasks(ObjectNode legacy) {
    return legacy.path(LEGACY_TASKS).path("requests").path("tools").has("call");
  }

  static ObjectNode ofServerToModern(ObjectNode legacy) {
    ObjectNode modern = legacy.deepCopy();
    modern.remove(LEGACY_TASKS);
    if (hasToolTasks(legacy)) {
      extensions(modern).putObject(TASKS);
    }
    return modern;
  }

  static ObjectNode ofServerToLegacy(ObjectNode modern) {
    ObjectNode legacy = modern.deepCopy();
    if (hasTasks(modern)) {
      ObjectNode tasks = legacy.putObject(LEGACY_TASKS);
      tasks.putObject("cancel");
      tasks.putObject("requests").putObject("tools").putObject("call");
      ((ObjectNode) legacy.path(EXTENSIONS)).remove(TASKS);
    }
    return legacy;
  }

  private static ObjectNode extensions(ObjectNode capabilities) {
    return capabilities.get(EXTENSIONS) instanceof ObjectNode known
        ? known
        : capabilities.putObject(EXTENSIONS);
  }

  /**
   * The capability that a server has to declare for a method to be served; null for a method that
   * needs none, or that is not known.
   */
  public static @Nullable String neededFor(String method) {
    int slash = method.indexOf('/');
    return switch (slash < 0 ? method : method.substring(0, slash)) {
      case "tools" -> "tools";
      case "prompts" -> "prompts";
      case "resources" -> "resources";
      case "completion" -> "completions";
      default -> null;
    };
  }

  /**
   * What a list that may change is called in a filter of subscriptions, and where it is declared.
   */
  public record Changing(String filter, String capability, String notification) {
    public static final List<Changing> ALL =
        List.of(
            new Changing("toolsListChanged", "tools", "notifications/tools/list_changed"),
            new Changing("promptsListChanged", "prompts", "notifications/prompts/list_changed"),
            new Changing(
                "resourcesListChanged", "resources", "notifications/resources/list_changed"));

    /** Whether a server with these capabilities tells of it. */
    public boolean isDeclared(ObjectNode capabilities) {
      return isTrue(capabilities.path(capability).path("listChanged"));
    }
  }

  /** Whether a server tells of changes of single resources. */
  public static boolean hasSubscriptions(ObjectNode server) {
    return isTrue(server.path("resources").path("subscribe"));
  }

  /**
   * Whether a client has declared that it can be asked this.
   *
   * @param client its capabilities
   */
  public static boolean canBeAsked(ObjectNode client, String method, ObjectNode params) {
    return switch (method) {
      case "roots/list" -> client.has("roots");
      case "sampling/createMessage" -> client.has("sampling");
      case "elicitation/create" -> elicits(client, params.path("mode").asString("form"));
      default -> false;
    };
  }

  /** The capability of clients that a request of a server needs. */
  public static String group(String method) {
    return method.replaceFirst("/.*", "");
  }

  /** Without any mode named, forms are meant (2025-11-25, Elicitation). */
  private static boolean elicits(ObjectNode client, String mode) {
    JsonNode declared = client.get("elicitation");
    return declared != null
        && (declared.has(mode) || (mode.equals("form") && !declared.has("url")));
  }

  private static boolean isTrue(JsonNode node) {
    return node.isBoolean() && node.booleanValue();
  }
}
