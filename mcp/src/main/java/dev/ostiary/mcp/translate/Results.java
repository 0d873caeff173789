package dev.ostiary.mcp.translate;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Results as each era spells them (2026-07-28, Basic and Caching). */
public final class Results {
  private static final String TYPE = "resultType";
  private static final String COMPLETE = "complete";
  private static final List<String> ONLY_MODERN = List.of(TYPE, "ttlMs", "cacheScope");

  /** Those that say how long they may be kept. */
  private static final Set<String> KEPT =
      Set.of(
          "server/discover",
          "tools/list",
          "prompts/list",
          "resources/list",
          "resources/templates/list",
          "resources/read");

  private Results() {}

  /**
   * A legacy result for a modern client: complete, and for no cache, since nothing is known of how
   * long it holds.
   *
   * @param result changed
   */
  public static ObjectNode toModern(String method, ObjectNode result, ObjectNode serverInfo) {
    result.put(TYPE, COMPLETE);
    if (KEPT.contains(method)) {
      result.put("ttlMs", 0).put("cacheScope", "private");
    }
    Meta.putServerInfo(result, serverInfo);
    return result;
  }

  /** A modern result for a legacy client, which knows nothing of types and caches. */
  public static ObjectNode toLegacy(ObjectNode result) {
    result.remove(ONLY_MODERN);
    ObjectNode meta = Meta.of(result);
    if (meta != null) {
      meta.remove(List.of("io.modelcontextprotocol/serverInfo", Meta.SUBSCRIPTION));
      if (meta.isEmpty()) {
        result.remove(Meta.META);
      }
    }
    return result;
  }

  /** Of which kind a modern result is; {@code complete} if it does not say. */
  public static String type(ObjectNode result) {
    return result.path(TYPE).asString(COMPLETE);
  }

  /**
   * Asks the client for something before its request can be done.
   *
   * @param state that it sends along when it repeats the request
   */
  public static ObjectNode inputRequired(ObjectNode requests, String state, ObjectNode serverInfo) {
    ObjectNode result = requests.objectNode();
    result.put(TYPE, "input_required");
    if (!requests.isEmpty()) {
      result.set("inputRequests", requests);
    }
    result.put("requestState", state);
    Meta.putServerInfo(result, serverInfo);
    return result;
  }
}
