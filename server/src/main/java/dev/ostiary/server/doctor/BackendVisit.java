package dev.ostiary.server.doctor;

import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.RecordingHttpClient;
import dev.ostiary.checker.server.Mcp;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.embed.config.ConnectorServer;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerTarget;
import dev.ostiary.embed.config.StdioServer;
import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.http.Body;
import dev.ostiary.http.ClientSettings;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Outbounds;
import dev.ostiary.http.PlainText;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.Revision;
import dev.ostiary.server.check.SystemClock;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks each server behind for its name, as the gateway does before a user is known. */
final class BackendVisit {
  private static final String SESSION = "Mcp-Session-Id";

  private final OstiaryConfig config;
  private final Outbounds backends;
  private final InstantSource time;
  private final Diagnosis diagnosis;
  private final CommandVisit programs;

  BackendVisit(OstiaryConfig config, Outbounds backends, InstantSource time, Diagnosis diagnosis) {
    this.config = config;
    this.backends = backends;
    this.time = time;
    this.diagnosis = diagnosis;
    this.programs = new CommandVisit(System.getenv().getOrDefault("PATH", ""), diagnosis);
  }

  void run() {
    config
        .servers()
        .forEach(
            (name, entry) -> {
              switch (entry.behind()) {
                case HttpServer server -> visit(name, server);
                case StdioServer server -> programs.visit(name, server);
                case ConnectorServer _, ServerTarget.Elsewhere _ -> {}
              }
            });
  }

  private void visit(String name, HttpServer server) {
    ClientSettings how =
        new ClientSettings(
            server.authorities(), server.patience().connect(), ClientSettings.USUAL_IDLE);
    try (Outbound outbound = backends.open(how)) {
      switch (server.transport()) {
        case STREAMABLE_HTTP ->
            judge(name, server, new RecordingHttpClient(outbound, new SystemClock(time)));
        case SSE -> judgeStream(name, server, outbound);
      }
    } catch (IOException unreachable) {
      diagnosis.sick(
          "Server %s: its backend %s does not answer: %s."
              .formatted(
                  name, server.uri(), PlainText.line(String.valueOf(unreachable.getMessage()))),
          "Start it, or correct servers." + name + ".backend.");
    }
  }

  private void judge(String name, HttpServer server, RecordingHttpClient wire) throws IOException {
    Headers headers = headers(server, Headers.none());
    Answer answer = wire.send("POST", server.uri().toString(), headers, TargetServer.INITIALIZE);
    if (answer.result().isPresent()) {
      end(answer, headers, wire);
      well(name, answer);
    } else if (answer.status() == 401 || answer.status() == 403) {
      wantsMore(name, server, answer);
    } else {
      discover(name, server, wire, answer);
    }
  }

  /** The stream of the transport of 2024-11-05 has no end, so that its head has to do. */
  private void judgeStream(String name, HttpServer server, Outbound outbound) throws IOException {
    Headers headers = headers(server, Headers.none()).replace("Accept", "text/event-stream");
    Reply reply = head(outbound, OutboundRequest.get(server.uri(), headers));
    boolean events =
        reply.headers().first("Content-Type").orElse("").startsWith("text/event-stream");
    if (reply.status() == 200 && events) {
      diagnosis.well("Server " + name + ": its backend offers a stream of events.");
    } else {
      diagnosis.sick(
          "Server %s: its backend %s is no MCP server with the SSE transport: it answers %d."
              .formatted(name, server.uri(), reply.status()),
          "Correct servers." + name + ".backend, or leave transport out.");
    }
  }

  private static Reply head(Outbound outbound, OutboundRequest request) throws IOException {
    try {
      Reply reply = outbound.send(request).get();
      if (reply.body() instanceof Body.Streamed streamed) {
        streamed.discard();
      }
      return reply;
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause() == null ? failed : failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  private void discover(String name, HttpServer server, RecordingHttpClient wire, Answer first)
      throws IOException {
    String method = "server/discover";
    String version = Revision.MODERN.wire();
    ObjectNode message = Mcp.modernMessage(method, JsonNodeFactory.instance.objectNode(), version);
    Headers headers = headers(server, Mcp.modernHeaders(method, version));
    Answer answer = wire.send("POST", server.uri().toString(), headers, message.toString());
    if (answer.result().isPresent()) {
      well(name, answer);
      return;
    }
    diagnosis.sick(
        "Server %s: its backend %s is no MCP server: it answers initialize with %s."
            .formatted(name, server.uri(), PlainText.line(first.brief())),
        "Correct servers." + name + ".backend, path included.");
  }

  private void well(String name, Answer answer) {
    String called =
        answer
            .result()
            .map(result -> result.path("serverInfo").path("name").asString(""))
            .filter(text -> !text.isEmpty())
            .map(text -> " (" + PlainText.line(text) + ")")
            .orElse("");
    diagnosis.well("Server " + name + ": its backend answers" + called + ".");
  }

  /** Who is to be shown who calls cannot be satisfied without a call. */
  private void wantsMore(String name, HttpServer server, Answer answer) {
    switch (server.credential()) {
      case Credential.UpstreamToken _, Credential.SignedIdentity _, Credential.IdentityHeaders _ ->
          diagnosis.well(
              "Server %s: its backend is there, and answers %d without a user's call."
                  .formatted(name, answer.status()));
      case Credential.ApiKey _ ->
          diagnosis.sick(
              "Server %s: its backend answers the api-key with %d."
                  .formatted(name, answer.status()),
              "Correct the key, its header or its prefix.");
      case Credential.None _ ->
          diagnosis.sick(
              "Server %s: its backend wants a credential: it answers %d."
                  .formatted(name, answer.status()),
              "Set servers." + name + ".credential.");
    }
  }

  /** The session of a revision that has them is of no use to anybody. */
  private static void end(Answer answer, Headers headers, RecordingHttpClient wire)
      throws IOException {
    Optional<String> session = answer.header(SESSION);
    if (session.isPresent()) {
      var _ =
          wire.send("DELETE", answer.uri().toString(), headers.with(SESSION, session.get()), "");
    }
  }

  private static Headers headers(HttpServer server, Headers more) {
    Headers headers = more.with("Content-Type", "application/json").with("Accept", Mcp.ACCEPT);
    return server.credential() instanceof Credential.ApiKey key
        ? headers.with(key.header(), key.field().reveal())
        : headers;
  }
}
