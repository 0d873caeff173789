package dev.ostiary.server;

import dev.ostiary.embed.config.MetadataDocuments;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.outbound.NettyOutbound;
import dev.ostiary.server.exit.ExitCode;
import dev.ostiary.server.exit.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code ostiary rehearse}: a demonstration that answers some requests of its own and ends. A JVM
 * that watches it learns which classes a start needs ({@code -XX:AOTCacheOutput}). It is for {@code
 * ./ostiary} and not shown in the help.
 */
final class AotTrainingCommand implements Command {
  private static final int LIMIT = 1024 * 1024;
  private static final Headers JSON = Headers.of("Content-Type", "application/json");
  private static final Headers FORM =
      Headers.of("Content-Type", "application/x-www-form-urlencoded");

  private final Invocation invocation;

  private AotTrainingCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  static CommandSpec spec(Invocation invocation) {
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(new AotTrainingCommand(invocation)).name("rehearse");
    spec.usageMessage().hidden(true);
    return spec;
  }

  @Override
  public int run(ParseResult parsed) throws StartRefused {
    try (DemoData data = DemoData.open(Optional.empty());
        EventLoops loops = EventLoops.start();
        Demo demo =
            Demo.start(
                new Demo.Options(
                    freePort(), DemoProvider.Kind.GITHUB, true, MetadataDocuments.OFF, null),
                data.path(),
                loops,
                invocation.time());
        NettyOutbound client = new NettyOutbound(loops)) {
      for (OutboundRequest request : requests(demo)) {
        client.exchange(request, LIMIT);
      }
      return ExitCode.STOPPED.number();
    } catch (IOException failure) {
      invocation.err().println("the rehearsal failed: " + failure);
      return ExitCode.FAILED.number();
    }
  }

  private static List<OutboundRequest> requests(Demo demo) {
    return List.of(
        get(demo, "/ready"),
        get(demo, "/.well-known/oauth-protected-resource/mcp"),
        get(demo, "/.well-known/oauth-authorization-server"),
        get(demo, "/.well-known/jwks.json"),
        get(demo, "/authorize?client_id=nobody&response_type=code"),
        post(demo, "/register", JSON, "{\"redirect_uris\":[\"http://127.0.0.1/callback\"]}"),
        post(demo, "/token", FORM, "grant_type=authorization_code&code=none&client_id=nobody"),
        post(
            demo,
            "/mcp",
            JSON.with("Authorization", "Bearer none"),
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"),
        OutboundRequest.get(demo.provider(), Headers.none()));
  }

  private static OutboundRequest get(Demo demo, String path) {
    return OutboundRequest.get(URI.create(demo.url().at(path)), Headers.none());
  }

  private static OutboundRequest post(Demo demo, String path, Headers headers, String content) {
    return OutboundRequest.post(URI.create(demo.url().at(path)), headers, Body.utf8(content));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
