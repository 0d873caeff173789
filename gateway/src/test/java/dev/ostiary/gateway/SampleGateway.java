package dev.ostiary.gateway;

import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.backend.ConnectorBackend;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.gateway.policy.OfferedScope;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.RequiredScopes;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Request;
import dev.ostiary.http.Service;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.lang.System.Logger;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.Executor;

/** A gateway with one server at {@code https://host/mcp} and another at {@code /other/mcp}. */
public final class SampleGateway {
  static final Issuer ISSUER = new Issuer("https://host");
  public static final Resource RESOURCE = new Resource("https://host/mcp");
  static final Resource OTHER = new Resource("https://host/other/mcp");
  public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final Policy POLICY =
      Policy.builder()
          .scope(OfferedScope.of("user", "").implying("read:user"))
          .scope(OfferedScope.of("read:user", "").asDefault())
          .scope(OfferedScope.of("repo", ""))
          .scope(OfferedScope.of("gist", ""))
          .tool("write", RequiredScopes.of("repo", "gist"))
          .tool("free", RequiredScopes.NOTHING)
          .otherwise(RequiredScopes.of("read:user"))
          .build();

  final FakeVerifier verifier =
      new FakeVerifier()
          .knows("good", RESOURCE, "read:user offline_access", NOW.plusSeconds(60))
          .knows("broad", RESOURCE, "user", NOW.plusSeconds(60))
          .knows("writer", RESOURCE, "read:user repo gist", NOW.plusSeconds(60))
          .knows("poor", RESOURCE, "", NOW.plusSeconds(60))
          .knows("sibling", OTHER, "read:user", NOW.plusSeconds(60))
          .refuses("expired", AccessTokenRefusal.EXPIRED)
          .refuses("revoked", AccessTokenRefusal.REVOKED)
          .refuses("forged", AccessTokenRefusal.BAD_SIGNATURE)
          .refuses("foreign", AccessTokenRefusal.WRONG_ISSUER)
          .refuses("unknowable", AccessTokenRefusal.UNAVAILABLE);
  final RecordingLog log = new RecordingLog();
  final RecordingObserver observer = new RecordingObserver();
  final Ticker ticker = new Ticker(this::now, log);
  final Gateway gateway;
  Instant now = NOW;

  SampleGateway(Issuer issuer, Backend backend, Executor executor) {
    this(issuer, backend, executor, POLICY);
  }

  private SampleGateway(Issuer issuer, Backend backend, Executor executor, Policy policy) {
    Resource first = new Resource(issuer.at("/mcp"));
    ServerRoute mcp =
        new ServerRoute("github", "GitHub", first, "/mcp", Scopes.of("read:user"), backend, policy);
    ServerRoute other =
        new ServerRoute(
            "other",
            "Other",
            new Resource(issuer.at("/other/mcp")),
            "/other/mcp",
            Scopes.of("read:user"),
            backend,
            policy);
    gateway =
        new Gateway(
            issuer,
            List.of(mcp, other),
            verifier,
            Set.of("https://app.example.com"),
            executor,
            ticker,
            observer,
            () -> now,
            log);
  }

  /** With the sample tools, all on the calling thread. */
  static SampleGateway direct() {
    RecordingLog unused = new RecordingLog();
    return new SampleGateway(
        ISSUER, new ConnectorBackend(SampleTools.server(), Runnable::run, unused), Runnable::run);
  }

  static SampleGateway with(Backend backend) {
    return new SampleGateway(ISSUER, backend, Runnable::run);
  }

  private Instant now() {
    return now;
  }

  static SampleGateway with(Backend backend, Policy policy) {
    return new SampleGateway(ISSUER, backend, Runnable::run, policy);
  }

  FakeExchange send(Call call) {
    FakeExchange exchange = new FakeExchange(call.request());
    service(call.path).serve(exchange);
    return exchange;
  }

  Service service(String path) {
    return Objects.requireNonNull(gateway.services().get(path), path);
  }

  /** A request in the making. */
  static final class Call {
    private final List<Headers.Field> fields = new ArrayList<>();
    private String method = "POST";
    private String path = "/mcp";
    private String query = "";
    private String body = "";

    static Call of(String method) {
      Call call = new Call();
      call.method = method;
      return call;
    }

    /** A request of the modern era. */
    static Call modern(String method, String params) {
      String meta =
          "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
              + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
      return json("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\""
              + method
              + "\",\"params\":{"
              + (params.isEmpty() ? meta : params + "," + meta)
              + "}}")
          .header("MCP-Protocol-Version", "2026-07-28")
          .header("Mcp-Method", method);
    }

    static Call modernTool(String name) {
      return modern("tools/call", "\"name\":\"" + name + "\"").header("Mcp-Name", name);
    }

    static Call legacy(String version, String method, String params) {
      Call call =
          json(
              "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\""
                  + method
                  + "\",\"params\":{"
                  + params
                  + "}}");
      return version.isEmpty() ? call : call.header("MCP-Protocol-Version", version);
    }

    static Call json(String body) {
      return of("POST").body(body).header("Content-Type", "application/json");
    }

    Call header(String name, String value) {
      fields.add(new Headers.Field(name, value));
      return this;
    }

    Call without(String name) {
      fields.removeIf(field -> field.name().equalsIgnoreCase(name));
      return this;
    }

    Call token(String token) {
      return header("Authorization", "Bearer " + token);
    }

    Call path(String value) {
      path = value;
      return this;
    }

    Call query(String value) {
      query = value;
      return this;
    }

    Call body(String value) {
      body = value;
      return this;
    }

    Request request() {
      return new Request(
          "request-1",
          method,
          path,
          query,
          Headers.of(fields),
          Body.utf8(body),
          InetAddress.getLoopbackAddress());
    }
  }

  /** Keeps what is logged. */
  static final class RecordingLog implements Logger {
    final List<String> lines = new ArrayList<>();

    @Override
    public String getName() {
      return "sample";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(level + " " + message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... params) {
      lines.add(level + " " + format);
    }
  }
}
