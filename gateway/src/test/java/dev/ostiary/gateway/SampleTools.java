package dev.ostiary.gateway;

import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.server.McpServer;
import dev.ostiary.mcp.server.ServerDescription;
import dev.ostiary.mcp.server.Tool;
import dev.ostiary.mcp.server.ToolDefinition;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tools to call. */
final class SampleTools {
  private SampleTools() {}

  static McpServer<Caller> server() {
    return server(
        List.of(
            tool("whoami", caller -> done(caller.subject().value())),
            tool(
                "broken",
                _ -> {
                  throw new IllegalStateException("out of order");
                }),
            tool(
                "shattered",
                _ -> {
                  throw new NoClassDefFoundError("out of order");
                }),
            tool("signed_out", _ -> new Tool.Outcome.SignInAgain()),
            tool("write", _ -> done("written")),
            tool("free", _ -> done("free"))));
  }

  static McpServer<Caller> server(List<Tool<Caller>> tools) {
    return new McpServer<>(new ServerDescription("sample", "1", ""), tools, List.of());
  }

  static Tool.Outcome done(String text) {
    return new Tool.Outcome.Done(text, object());
  }

  /** A tool that says when it has begun, and ends when it is interrupted. */
  static Tool<Caller> endless(CountDownLatch begun, CountDownLatch interrupted) {
    return tool(
        "endless",
        _ -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException givenUp) {
            interrupted.countDown();
          }
          return new Tool.Outcome.Failed("interrupted");
        });
  }

  static Tool<Caller> tool(String name, Function<Caller, Tool.Outcome> work) {
    return new Tool<>() {
      @Override
      public ToolDefinition definition() {
        return new ToolDefinition(name, name, name, schema(), schema(), true, false);
      }

      @Override
      public Tool.Outcome call(ObjectNode arguments, Caller caller) {
        return work.apply(caller);
      }
    };
  }

  private static ObjectNode schema() {
    return object().put("type", "object");
  }

  private static ObjectNode object() {
    return JsonMapper.shared().createObjectNode();
  }
}
