package dev.ostiary.mcp.server;

import dev.ostiary.mcp.Revision;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How one revision spells what a server has to say. */
final class Dialect {
  private static final int LIST_LIFETIME_MILLIS = 300_000;

  private final Revision revision;
  private final ServerDescription about;

  Dialect(Revision revision, ServerDescription about) {
    this.revision = revision;
    this.about = about;
  }

  Revision revision() {
    return revision;
  }

  /** Since 2025-11-25 the model is shown what is wrong with its arguments, and may mend it. */
  boolean showsArgumentErrors() {
    return revision.isAtLeast(Revision.V2025_11_25);
  }

  ObjectNode serverInfo() {
    return object().put("name", about.name()).put("version", about.version());
  }

  void instruct(ObjectNode result) {
    if (!about.instructions().isEmpty()) {
      result.put("instructions", about.instructions());
    }
  }

  /** A result that a client may keep for a while. */
  byte[] kept(ObjectNode result) {
    return cacheable(result, LIST_LIFETIME_MILLIS);
  }

  /** A result of a kind that a client may keep, but not this one. */
  byte[] fleeting(ObjectNode result) {
    return cacheable(result, 0);
  }

  /** A result of a kind that is never kept. */
  byte[] complete(ObjectNode result) {
    if (revision.isModern()) {
      result.put("resultType", "complete");
      result.putObject("_meta").set("io.modelcontextprotocol/serverInfo", serverInfo());
    }
    return JsonMapper.shared().writeValueAsBytes(result);
  }

  /** Everything here was given to the bearer of an access token, and so for this bearer alone. */
  private byte[] cacheable(ObjectNode result, int lifetimeMillis) {
    if (revision.isModern()) {
      result.put("ttlMs", lifetimeMillis).put("cacheScope", "private");
    }
    return complete(result);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
