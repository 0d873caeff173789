package dev.ostiary.mcp.translate;

import dev.ostiary.mcp.Revision;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The members of {@code _meta} that mean something to the protocol (2026-07-28, Basic, _meta). */
public final class Meta {
  public static final String META = "_meta";
  public static final String PROGRESS_TOKEN = "progressToken";
  public static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
  public static final String RELATED_TASK = "io.modelcontextprotocol/related-task";

  private static final String VERSION = "io.modelcontextprotocol/protocolVersion";
  private static final String CLIENT = "io.modelcontextprotocol/clientInfo";
  private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
  private static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";
  private static final String SERVER = "io.modelcontextprotocol/serverInfo";

  private static final List<String> OF_REQUESTS = List.of(VERSION, CLIENT, CAPABILITIES, LOG_LEVEL);

  private Meta() {}

  /** That of params or a result; null if there is none. */
  public static @Nullable ObjectNode of(ObjectNode holder) {
    return holder.get(META) instanceof ObjectNode meta ? meta : null;
  }

  /** That of params or a result, put there if need be. */
  public static ObjectNode in(ObjectNode holder) {
    ObjectNode meta = of(holder);
    return meta == null ? holder.putObject(META) : meta;
  }

  /** The level from which a modern request wants to hear log messages; null for none at all. */
  public static @Nullable String logLevel(ObjectNode params) {
    ObjectNode meta = of(params);
    return meta == null ? null : meta.path(LOG_LEVEL).stringValue(null);
  }

  /** What a modern request says of its client, as parameters of {@code initialize}. */
  public static ObjectNode initialize(ObjectNode params) {
    ObjectNode meta = in(params.deepCopy());
    ObjectNode initialize = params.objectNode();
    initialize.put("protocolVersion", Revision.LATEST_LEGACY.wire());
    initialize.set(
        "capabilities",
        Capabilities.ofClientToLegacy(
            meta.get(CAPABILITIES) instanceof ObjectNode given ? given : params.objectNode()));
    initialize.set("clientInfo", info(meta.get(CLIENT), "mcp-client"));
    return initialize;
  }

  /** Without what only the modern era has in the {@code _meta} of requests. */
  public static void strip(ObjectNode params) {
    ObjectNode meta = of(params);
    if (meta != null) {
      meta.remove(OF_REQUESTS);
      if (meta.isEmpty()) {
        params.remove(META);
      }
    }
  }

  /**
   * Puts in what a modern request has to say.
   *
   * @param initialize what the client said of itself
   * @param logLevel null for no log messages
   */
  public static void stamp(ObjectNode params, ObjectNode initialize, @Nullable String logLevel) {
    ObjectNode meta = in(params);
    meta.put(VERSION, Revision.MODERN.wire());
    meta.set("io.modelcontextprotocol/clientInfo", info(initialize.get("clientInfo"), "client"));
    meta.set(
        CAPABILITIES,
        Capabilities.ofClientToModern(
            initialize.get("capabilities") instanceof ObjectNode given
                ? given
                : params.objectNode()));
    if (logLevel != null) {
      meta.put(LOG_LEVEL, logLevel);
    }
  }

  /** The server's name and version in a modern result; null if it does not say. */
  public static @Nullable ObjectNode serverInfo(ObjectNode result) {
    ObjectNode meta = of(result);
    return meta != null && meta.get(SERVER) instanceof ObjectNode info ? info : null;
  }

  /** Puts the server's name and version into a modern result. */
  public static void putServerInfo(ObjectNode result, ObjectNode info) {
    in(result).set(SERVER, info.deepCopy());
  }

  /** A name and a version, both of which are needed. */
  static ObjectNode info(@Nullable JsonNode given, String otherwise) {
    ObjectNode info =
        given instanceof ObjectNode known
            ? known.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    if (!info.path("name").isString()) {
      info.put("name", otherwise);
    }
    if (!info.path("version").isString()) {
      info.put("version", "0");
    }
    return info;
  }
}
