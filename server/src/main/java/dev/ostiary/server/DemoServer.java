package dev.ostiary.server;

import dev.ostiary.http.ContentLimit;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.http.Service;
import dev.ostiary.mcp.Admission;
import dev.ostiary.mcp.McpHeaders;
import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.Message.Malformed;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.server.Answer;
import dev.ostiary.mcp.server.McpServer;
import dev.ostiary.mcp.server.ServerDescription;
import dev.ostiary.mcp.server.Tool;
import dev.ostiary.mcp.server.ToolDefinition;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An MCP server behind Ostiary, for a demonstration: it knows nothing of OAuth, and its one tool
 * tells what Ostiary shows it of the caller.
 */
final class DemoServer implements Service {
  private final McpServer<Headers> server =
      new McpServer<>(
          new ServerDescription(
              "ostiary-demo", Version.number(), "Tells whose call it is, as Ostiary says."),
          List.of(new WhoAmI()),
          List.of());

  @Override
  public void serve(Exchange exchange) {
    Request head = exchange.request();
    if (!head.method().equals("POST")) {
      exchange.reply(Reply.text(405, "POST only\n").with("Allow", "POST"));
      return;
    }
    exchange.read(
        new ContentLimit(Route.FORM_LIMIT, head.remote()),
        content -> exchange.reply(answer(head.with(content))));
  }

  private Reply answer(Request request) {
    return switch (Message.scan(request.body().bytes())) {
      case Malformed(var error, var id) -> Reply.json(400, error.toJson(id));
      case WellFormed message -> answer(message, request.headers());
    };
  }

  private Reply answer(WellFormed message, Headers headers) {
    McpHeaders fields =
        new McpHeaders(
            headers.first("MCP-Protocol-Version").orElse(null),
            headers.first("Mcp-Method").orElse(null),
            headers.first("Mcp-Name").orElse(null),
            null);
    return switch (Admission.of(message, fields)) {
      case Admission.Refused(int status, var error, var id) -> Reply.json(status, error.toJson(id));
      case Admission.Admitted(Revision revision) ->
          switch (server.answer(message, revision, headers)) {
            case Answer.Json json -> Reply.json(json.status(), json.bytes());
            case Answer.Accepted _ -> Reply.of(202);
            case Answer.SignInAgain _ -> Reply.of(401);
          };
    };
  }

  /** {@code whoami}: the fields of {@code credential: identity-headers}. */
  private static final class WhoAmI implements Tool<Headers> {
    private static final ToolDefinition DEFINITION =
        new ToolDefinition(
            "whoami",
            "Who am I",
            "Tells who calls, with which client and which scopes, as Ostiary says.",
            schema("{\"type\": \"object\", \"additionalProperties\": false}"),
            schema(
                """
                {
                  "type": "object",
                  "properties": {
                    "subject": {"type": "string"},
                    "client": {"type": "string"},
                    "scopes": {"type": "string"}
                  },
                  "required": ["subject", "client", "scopes"]
                }
                """),
            true,
            false);

    private static ObjectNode schema(String text) {
      return (ObjectNode) JsonMapper.shared().readTree(text);
    }

    @Override
    public ToolDefinition definition() {
      return DEFINITION;
    }

    @Override
    public Outcome call(ObjectNode arguments, Headers caller) {
      ObjectNode told =
          JsonNodeFactory.instance
              .objectNode()
              .put("subject", caller.first("X-Ostiary-Subject").orElse(""))
              .put("client", caller.first("X-Ostiary-Client").orElse(""))
              .put("scopes", caller.first("X-Ostiary-Scopes").orElse(""));
      return new Outcome.Done(told.toString(), told);
    }
  }
}
