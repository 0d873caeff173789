package dev.ostiary.acceptance;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The server on the official Java SDK, as a program that is spoken to over its streams. */
final class JavaSdkStdio {
  private JavaSdkStdio() {}

  /** The command that runs it, as items of a list in a configuration. */
  static String command() {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return "\"%s\", \"-Xmx64m\", \"-cp\", \"%s\", \"%s\""
        .formatted(java, classes, JavaSdkStdio.class.getName());
  }

  public static void main(String... arguments) throws InterruptedException {
    McpSyncServer server =
        McpServer.sync(new StdioServerTransportProvider(JavaSdkJson.mapper()))
            .jsonMapper(JavaSdkJson.mapper())
            .serverInfo("java-sdk", "1.0.0")
            .capabilities(
                ServerCapabilities.builder()
                    .tools(true)
                    .prompts(true)
                    .resources(true, true)
                    .logging()
                    .completions()
                    .build())
            .tools(JavaSdkTools.all())
            .prompts(JavaSdkPrompts.all())
            .completions(JavaSdkPrompts.completion())
            .resources(JavaSdkResources.fixed())
            .resourceTemplates(JavaSdkResources.template())
            .build();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    new CountDownLatch(1).await();
  }
}
