package dev.ostiary.checker.server;

import dev.ostiary.checker.http.Answer;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Revision;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The MCP server behind the token: messages in every revision. */
public final class Mcp {
  public static final String ACCEPT = "application/json, text/event-stream";
  private static final String META = "io.modelcontextprotocol/";

  private final TargetServer target;
  private final Map<Revision, Session> spoken = new EnumMap<>(Revision.class);
  private final Map<Revision, String> unspoken = new EnumMap<>(Revision.class);

  Mcp(TargetServer target) {
    this.target = target;
  }

  /**
   * How a revision begins: the first answer, and in older revisions the session.
   *
   * @param id of the session; null if the server keeps none
   */
  public record Session(Revision revision, @Nullable String id, Answer first) {}

  /** Why this revision cannot be tried; null if the server speaks it. */
  public @Nullable Verdict missing(Revision revision) throws IOException {
    if (target.challenge().status() == 401 && target.flow().failure() != null) {
      return Verdict.untested(String.valueOf(target.flow().failure()));
    }
    if (!spoken.containsKey(revision) && !unspoken.containsKey(revision)) {
      begin(revision);
    }
    String why = unspoken.get(revision);
    return why == null ? null : Verdict.inapplicable(why);
  }

  /** How a revision begins that {@link #missing} has found. */
  public Session session(Revision revision) {
    Session session = spoken.get(revision);
    if (session == null) {
      throw new IllegalStateException("the server does not speak " + revision.wire());
    }
    target.http().cite(session.first());
    return session;
  }

  /** The revisions that were found, in one line; empty if none was tried. */
  public String spoken() {
    return spoken.keySet().stream().map(Revision::wire).collect(Collectors.joining(", "));
  }

  private void begin(Revision revision) throws IOException {
    Answer first =
        revision.isModern()
            ? modern("server/discover", JsonNodeFactory.instance.objectNode())
            : initialize(revision.wire());
    boolean speaks =
        first
            .result()
            .map(
                result ->
                    revision.isModern()
                        ? Metadata.texts(result.get("supportedVersions")).contains(revision.wire())
                        : result.path("protocolVersion").asString("").equals(revision.wire()))
            .orElse(false);
    if (!speaks) {
      unspoken.put(revision, "the server does not speak " + revision.wire());
      return;
    }
    Session session = new Session(revision, first.header("Mcp-Session-Id").orElse(null), first);
    spoken.put(revision, session);
    if (!revision.isModern()) {
      var _ = legacy(session, notification("notifications/initialized"));
    }
  }

  /** Opens another session of an older revision. */
  public Session another(Revision revision) throws IOException {
    Answer first = initialize(revision.wire());
    Session session = new Session(revision, first.header("Mcp-Session-Id").orElse(null), first);
    var _ = legacy(session, notification("notifications/initialized"));
    return session;
  }

  /** {@code initialize}, asking for a version. */
  public Answer initialize(String version) throws IOException {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params.put("protocolVersion", version);
    params.putObject("capabilities");
    params.putObject("clientInfo").put("name", "ostiary-check").put("version", "1");
    return post(request(1, "initialize", params).toString(), Headers.none());
  }

  /** A message within a session. */
  public Answer legacy(Session session, ObjectNode message) throws IOException {
    return post(message.toString(), headers(session));
  }

  /** The header fields of a session. */
  public Headers headers(Session session) {
    Headers headers = Headers.none();
    if (session.revision().isAtLeast(Revision.V2025_06_18)) {
      headers = headers.with("MCP-Protocol-Version", session.revision().wire());
    }
    return session.id() == null ? headers : headers.with("Mcp-Session-Id", session.id());
  }

  /** A request of the modern revision with nothing wrong. */
  public Answer modern(String method, ObjectNode params) throws IOException {
    return post(
        modernMessage(method, params, Revision.MODERN.wire()).toString(),
        modernHeaders(method, Revision.MODERN.wire()));
  }

  public static ObjectNode modernMessage(String method, ObjectNode params, String version) {
    ObjectNode full = params.deepCopy();
    ObjectNode meta = full.putObject("_meta");
    meta.put(META + "protocolVersion", version);
    meta.putObject(META + "clientCapabilities");
    meta.putObject(META + "clientInfo").put("name", "ostiary-check").put("version", "1");
    return request(7, method, full);
  }

  public static Headers modernHeaders(String method, String version) {
    return Headers.of("MCP-Protocol-Version", version, "Mcp-Method", method);
  }

  public static ObjectNode request(int id, String method, ObjectNode params) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("jsonrpc", "2.0").put("id", id).put("method", method);
    message.set("params", params);
    return message;
  }

  public static ObjectNode request(int id, String method) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    return message.put("jsonrpc", "2.0").put("id", id).put("method", method);
  }

  public static ObjectNode notification(String method) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    return message.put("jsonrpc", "2.0").put("method", method);
  }

  /** Any content, with the token if there is one. */
  public Answer post(String content, Headers headers) throws IOException {
    return target.http().send("POST", target.url(), authorized(headers), content);
  }

  /** The header fields of a request with the token, if there is one. */
  public Headers authorized(Headers headers) throws IOException {
    Headers full = headers.has("Accept") ? headers : headers.with("Accept", ACCEPT);
    full = full.has("Content-Type") ? full : full.with("Content-Type", "application/json");
    return target.flow().failure() == null
        ? full.with("Authorization", "Bearer " + target.flow().tokens().access())
        : full;
  }

  /** The status of a harmless request with this access token. */
  public Answer with(String url, String accessToken) throws IOException {
    return target
        .http()
        .json(
            url,
            TargetServer.INITIALIZE,
            "Accept",
            ACCEPT,
            "Authorization",
            "Bearer " + accessToken);
  }
}
