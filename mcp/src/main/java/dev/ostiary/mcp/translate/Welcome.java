package dev.ostiary.mcp.translate;

import dev.ostiary.mcp.Revision;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a server says of itself: the results of {@code initialize} and {@code server/discover}. */
public final class Welcome {
  private Welcome() {}

  /** A legacy server's, as a modern client reads it. */
  public static ObjectNode toModern(ObjectNode initialized) {
    ObjectNode discovered = initialized.objectNode();
    discovered.putArray("supportedVersions").add(Revision.MODERN.wire());
    discovered.set("capabilities", Capabilities.ofServerToModern(capabilities(initialized)));
    instructions(initialized, discovered);
    return Results.toModern("server/discover", discovered, info(initialized));
  }

  /** The name and version of a legacy server. */
  public static ObjectNode info(ObjectNode initialized) {
    return Meta.info(initialized.get("serverInfo"), "mcp-server");
  }

  /**
   * A modern server's, as a legacy client reads it.
   *
   * @param asked the revision that the client asked for
   */
  public static ObjectNode toLegacy(ObjectNode discovered, String asked) {
    ObjectNode initialized = discovered.objectNode();
    String spoken =
        Revision.of(asked)
            .filter(revision -> !revision.isModern())
            .orElse(Revision.LATEST_LEGACY)
            .wire();
    initialized.put("protocolVersion", spoken);
    initialized.set("capabilities", Capabilities.ofServerToLegacy(capabilities(discovered)));
    initialized.set("serverInfo", Meta.info(Meta.serverInfo(discovered), "mcp-server"));
    instructions(discovered, initialized);
    return initialized;
  }

  /** Whether a server that says this speaks our modern revision. */
  public static boolean isModern(ObjectNode discovered) {
    return discovered
        .path("supportedVersions")
        .valueStream()
        .anyMatch(version -> version.asString("").equals(Revision.MODERN.wire()));
  }

  /** What it can do. */
  public static ObjectNode capabilities(ObjectNode welcome) {
    return welcome.get("capabilities") instanceof ObjectNode given ? given : welcome.objectNode();
  }

  private static void instructions(ObjectNode from, ObjectNode to) {
    JsonNode instructions = from.get("instructions");
    if (instructions != null && instructions.isString()) {
      to.set("instructions", instructions);
    }
  }
}
