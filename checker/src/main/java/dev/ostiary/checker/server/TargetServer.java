package dev.ostiary.checker.server;

import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.Clock;
import dev.ostiary.checker.http.RecordingHttpClient;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server under check: what has been learned about it so far, each thing asked for once. */
public final class TargetServer {
  /** What every server understands before anybody is known to it. */
  public static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"ostiary-check","version":"1"}}}\
      """;

  private final URI url;
  private final RecordingHttpClient http;
  private final Clock clock;
  private final Options options;
  private final ResourceMetadata resource;
  private final ServerMetadata server;
  private final Clients clients;
  private final AuthorizationFlow flow;
  private final Mcp mcp;
  private @Nullable Answer challenge;

  public TargetServer(URI url, RecordingHttpClient http, Clock clock, Options options) {
    this.url = url;
    this.http = http;
    this.clock = clock;
    this.options = options;
    this.resource = new ResourceMetadata(this);
    this.server = new ServerMetadata(this);
    this.clients = new Clients(this);
    this.flow = new AuthorizationFlow(this);
    this.mcp = new Mcp(this);
  }

  /** The MCP server's address, exactly as it was given. */
  public String url() {
    return url.toString();
  }

  public URI uri() {
    return url;
  }

  /** Scheme, host and port. */
  public String origin() {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  public RecordingHttpClient http() {
    return http;
  }

  public Clock clock() {
    return clock;
  }

  public Options options() {
    return options;
  }

  /** The answer to a first request, without any credentials. */
  public Answer challenge() throws IOException {
    if (challenge == null) {
      challenge = http.json(url(), INITIALIZE, "Accept", Mcp.ACCEPT);
    }
    return http.cite(challenge);
  }

  public ResourceMetadata resource() throws IOException {
    resource.find();
    return resource;
  }

  public ServerMetadata server() throws IOException {
    server.find();
    return server;
  }

  public Clients clients() {
    return clients;
  }

  public AuthorizationFlow flow() {
    return flow;
  }

  public Mcp mcp() {
    return mcp;
  }

  /** What is worth knowing about the server beside the findings. */
  public Map<String, String> facts() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    put(facts, "resource", resource().text("resource"));
    put(facts, "issuer", server().text("issuer"));
    put(facts, "registration", clients.areClosed() ? "closed (initial access token)" : null);
    put(facts, "software", challenge().header("Server").orElse(null));
    put(facts, "revisions", mcp.spoken());
    return facts;
  }

  private static void put(Map<String, String> facts, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      facts.put(name, value);
    }
  }
}
