package dev.ostiary.testkit.wrong;

import static dev.ostiary.testkit.wrong.Fault.*;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.mcp.Admission;
import dev.ostiary.mcp.McpHeaders;
import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import dev.ostiary.mcp.Message.Malformed;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.server.Answer;
import dev.ostiary.mcp.server.McpServer;
import dev.ostiary.mcp.server.ServerDescription;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the wrong server's MCP endpoint says to those it lets in: every revision, with sessions. */
final class Conversation {
  private static final String META = "io.modelcontextprotocol/";
  private static final String MODERN = Revision.MODERN.wire();

  private final World world;
  private final Set<String> sessions = new HashSet<>();
  private final McpServer<String> server =
      new McpServer<>(
          new ServerDescription("wrong", "1", ""),
          List.of(new SampleTool("names"), new SampleTool("secrets")),
          List.of());

  Conversation(World world) {
    this.world = world;
  }

  Reply stream() {
    return Reply.text(200, ":\n\n").replace("Content-Type", "text/event-stream");
  }

  Reply answer(Request request) {
    return switch (request.method()) {
      case "POST" -> finish(post(request));
      case "DELETE" -> delete(request);
      default -> get(request);
    };
  }

  private Reply get(Request request) {
    boolean modern = request.headers().first("MCP-Protocol-Version").orElse("").equals(MODERN);
    if (modern && world.has(MODERN_STREAM)) {
      return stream();
    }
    return world.has(GET_IS_HTML)
        ? World.page(200, "hello")
        : Reply.text(405, "POST only\n").with("Allow", "POST");
  }

  private Reply delete(Request request) {
    return sessions.remove(request.headers().first("Mcp-Session-Id").orElse(""))
        ? Reply.of(204)
        : Reply.of(404);
  }

  private Reply post(Request request) {
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(request.body().bytes());
    } catch (JacksonException malformed) {
      return world.has(BROKEN_JSON_IS_500)
          ? Reply.text(500, "oops\n")
          : Reply.json(400, error(-32700).toString());
    }
    boolean modern = isModern(json, request.headers());
    if (json.isArray() && modern && world.has(MODERN_BATCH_TAKEN)) {
      json = json.path(0);
    }
    Headers headers = modern ? lenient(json, request.headers()) : request.headers();
    if (modern && world.has(META_OPTIONAL) && json instanceof ObjectNode object) {
      addMeta(object);
    }
    Reply refused = modern ? null : refusedByRevision(json, headers);
    if (refused != null) {
      return refused;
    }
    return deformed(say(json, headers), json, headers, modern);
  }

  private static boolean isModern(JsonNode json, Headers headers) {
    JsonNode first = json.isArray() ? json.path(0) : json;
    return first.path("params").path("_meta").has(META + "protocolVersion")
        || headers.first("MCP-Protocol-Version").orElse("").equals(MODERN);
  }

  /** The header fields as a server would have them that does not look at them closely. */
  private Headers lenient(JsonNode json, Headers headers) {
    Headers read = headers;
    String method = json.path("method").asString("");
    String name = json.path("params").path("name").asString("");
    boolean versioned = headers.has("MCP-Protocol-Version");
    if (versioned ? world.has(VERSION_HEADER_UNREAD) : world.has(VERSION_HEADER_OPTIONAL)) {
      read = read.replace("MCP-Protocol-Version", MODERN);
    }
    if (headers.has("Mcp-Method")
        ? world.has(METHOD_HEADER_UNREAD)
        : world.has(METHOD_HEADER_OPTIONAL)) {
      read = read.replace("Mcp-Method", method);
    }
    return !name.isEmpty() && world.has(NAME_HEADER_UNREAD) ? read.replace("Mcp-Name", name) : read;
  }

  private static void addMeta(ObjectNode message) {
    ObjectNode params =
        message.path("params") instanceof ObjectNode there ? there : message.putObject("params");
    if (!params.has("_meta")) {
      ObjectNode meta = params.putObject("_meta");
      meta.put(META + "protocolVersion", MODERN);
      meta.putObject(META + "clientCapabilities");
    }
  }

  private @Nullable Reply refusedByRevision(JsonNode json, Headers headers) {
    boolean begins = json.path("method").asString("").equals("initialize");
    if (begins) {
      String version = json.path("params").path("protocolVersion").asString("");
      return Revision.of(version).isEmpty() && world.has(UNKNOWN_VERSION_REFUSED)
          ? Reply.json(200, error(-32602).toString())
          : null;
    }
    if (json.isArray() && world.has(NO_BATCHES)) {
      return Reply.json(400, error(-32600).toString());
    }
    if (world.has(VERSION_REQUIRED) && !headers.has("MCP-Protocol-Version")) {
      return Reply.json(400, error(-32600).toString());
    }
    String session = headers.first("Mcp-Session-Id").orElse("");
    if (session.isEmpty()) {
      return world.has(SESSION_OPTIONAL) ? null : Reply.json(400, error(-32600).toString());
    }
    return sessions.contains(session)
        ? null
        : Reply.json(world.has(UNKNOWN_SESSION_IS_400) ? 400 : 404, error(-32600).toString());
  }

  private Reply say(JsonNode json, Headers headers) {
    String version = headers.first("MCP-Protocol-Version").orElse(null);
    if (version != null && Revision.of(version).isEmpty() && world.has(ANY_VERSION_HEADER)) {
      version = "2025-11-25";
    }
    McpHeaders fields =
        new McpHeaders(
            version,
            headers.first("Mcp-Method").orElse(null),
            headers.first("Mcp-Name").orElse(null),
            null);
    return switch (Message.scan(json.toString().getBytes(UTF_8))) {
      case Malformed(var error, var id) -> Reply.json(400, error.toJson(id));
      case WellFormed message -> say(message, fields);
    };
  }

  private Reply say(WellFormed message, McpHeaders fields) {
    return switch (Admission.of(message, fields)) {
      case Admission.Refused(int status, var error, var id) -> Reply.json(status, error.toJson(id));
      case Admission.Admitted(Revision revision) -> {
        Reply reply = reply(server.answer(message, revision, "somebody"));
        yield begins(message) ? reply.with("Mcp-Session-Id", session()) : reply;
      }
    };
  }

  private static boolean begins(Message message) {
    return message instanceof Envelope envelope
        && envelope.kind() == Kind.REQUEST
        && envelope.method().equals("initialize");
  }

  private String session() {
    String id = world.has(SHORT_SESSION_IDS) ? "1" : world.chance();
    sessions.add(id);
    return id;
  }

  private static Reply reply(Answer answer) {
    return switch (answer) {
      case Answer.Json json -> Reply.json(json.status(), json.bytes());
      case Answer.Accepted _ -> Reply.of(202);
      case Answer.SignInAgain _ -> Reply.of(401);
    };
  }

  private Reply deformed(Reply reply, JsonNode asked, Headers headers, boolean modern) {
    String version = headers.first("MCP-Protocol-Version").orElse("");
    boolean notification = reply.status() == 202;
    if (notification) {
      boolean answered =
          modern
              ? world.has(MODERN_NOTIFICATION_ANSWERED)
              : (version.equals("2025-11-25") && world.has(NOTIFICATION_IS_200))
                  || (version.equals("2025-06-18") && world.has(OLD_NOTIFICATION_IS_200));
      return answered ? Reply.json(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}") : reply;
    }
    return modern ? modern(reply, asked) : legacy(reply);
  }

  private Reply legacy(Reply reply) {
    return world.has(UNKNOWN_METHOD_IS_INTERNAL)
        ? replaced(reply, "-32601", "-32603", reply.status())
        : reply;
  }

  private Reply modern(Reply reply, JsonNode asked) {
    if (world.has(UNKNOWN_METHOD_IS_200) && reply.status() == 404) {
      return replaced(reply, "", "", 200);
    }
    if (world.has(UNKNOWN_VERSION_UNNAMED)) {
      return replaced(reply, "-32022", "-32602", reply.status());
    }
    Reply shown = reply;
    if (World.parse(((dev.ostiary.http.Body.Whole) reply.body()).bytes()).path("result")
        instanceof ObjectNode result) {
      remove(result, NO_CAPABILITIES, "capabilities");
      remove(result, NO_RESULT_TYPE, "resultType");
      remove(result, NO_CACHE_HINTS, "ttlMs");
      remove(result, NO_SERVER_INFO, "_meta");
      ObjectNode whole = World.object().put("jsonrpc", "2.0");
      whole.set("id", asked.path("id"));
      whole.set("result", result);
      shown = Reply.json(reply.status(), whole.toString());
    }
    return world.has(MINTS_SESSIONS) ? shown.with("Mcp-Session-Id", session()) : shown;
  }

  private void remove(ObjectNode result, Fault fault, String name) {
    if (world.has(fault)) {
      result.remove(name);
    }
  }

  private static Reply replaced(Reply reply, String old, String other, int status) {
    String text = ((dev.ostiary.http.Body.Whole) reply.body()).utf8();
    Reply changed = Reply.json(status, old.isEmpty() ? text : text.replace(old, other));
    return reply
        .headers()
        .first("Mcp-Session-Id")
        .map(id -> changed.with("Mcp-Session-Id", id))
        .orElse(changed);
  }

  private Reply finish(Reply reply) {
    Reply shown = reply;
    if (world.has(OTHER_ID) && reply.body() instanceof dev.ostiary.http.Body.Whole whole) {
      String text = whole.utf8().replaceFirst("\"id\":\"[^\"]*\"", "\"id\":1");
      shown = new Reply(reply.status(), reply.headers(), dev.ostiary.http.Body.utf8(text));
    }
    return world.has(ANSWERS_AS_TEXT) && shown.headers().has("Content-Type")
        ? shown.replace("Content-Type", "text/plain")
        : shown;
  }

  private static ObjectNode error(int code) {
    ObjectNode json = World.object().put("jsonrpc", "2.0");
    json.putObject("error").put("code", code).put("message", "no");
    return json;
  }
}
