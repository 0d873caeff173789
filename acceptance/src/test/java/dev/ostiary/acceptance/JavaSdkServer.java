package dev.ostiary.acceptance;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.net.URI;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * A backend on the official Java SDK, in a servlet container, with those fixtures of the official
 * suite that the SDK can serve: revisions up to 2025-11-25, with sessions.
 */
final class JavaSdkServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final Tomcat tomcat;
  private final McpSyncServer server;

  private JavaSdkServer(Tomcat tomcat, McpSyncServer server) {
    this.tomcat = tomcat;
    this.server = server;
  }

  static JavaSdkServer start(Path folder) throws LifecycleException {
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder()
            .mcpEndpoint("/mcp")
            .jsonMapper(JavaSdkJson.mapper())
            .httpHeaderValidator(onlyLoopback())
            .build();
    McpSyncServer server = server(transport);
    Tomcat tomcat = container(transport, folder);
    tomcat.start();
    return new JavaSdkServer(tomcat, server);
  }

  private static McpSyncServer server(HttpServletStreamableServerTransportProvider transport) {
    return McpServer.sync(transport)
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
  }

  /** The SDK leaves the names that a request may call this server by to its user. */
  private static DefaultServerTransportSecurityValidator onlyLoopback() {
    return DefaultServerTransportSecurityValidator.builder()
        .allowedHost(LOOPBACK + ":*")
        .allowedHost("localhost:*")
        .allowedOrigin("http://" + LOOPBACK + ":*")
        .allowedOrigin("http://localhost:*")
        .build();
  }

  private static Tomcat container(
      HttpServletStreamableServerTransportProvider transport, Path folder) {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setHostname(LOOPBACK);
    Connector connector = new Connector();
    connector.setProperty("address", LOOPBACK);
    connector.setPort(0);
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", folder.toString());
    Wrapper servlet = Tomcat.addServlet(context, "mcp", transport);
    servlet.setAsyncSupported(true);
    context.addServletMapping("/mcp", "mcp");
    return tomcat;
  }

  URI url() {
    return URI.create("http://" + LOOPBACK + ":" + tomcat.getConnector().getLocalPort() + "/mcp");
  }

  @Override
  public void close() {
    server.closeGracefully();
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException failed) {
      throw new IllegalStateException("the container does not stop", failed);
    }
  }
}
