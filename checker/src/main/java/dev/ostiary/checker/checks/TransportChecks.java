package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Specification.TRANSPORT;
import static dev.ostiary.checker.server.Verdict.broken;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.holds;
import static dev.ostiary.checker.server.Verdict.inapplicable;
import static dev.ostiary.checker.server.Verdict.untested;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.server.Mcp;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import dev.ostiary.http.Headers;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What all revisions of MCP over HTTP share: TLS, Origin, JSON. */
final class TransportChecks {
  /** How hosted clients call themselves, and how one does that says nothing. */
  private static final List<String> HOSTED =
      List.of("Claude-User", "ChatGPT-User", "python-httpx/0.28.1", "node", "");

  private TransportChecks() {}

  static List<Check> all() {
    return List.of(
        Check.must("https", TRANSPORT, "The server is reached over https, or is on loopback")
            .section("MCP authorization, Communication Security", "A-13", "R-49")
            .remedy("Put TLS in front of it.")
            .by(
                target ->
                    check(Addresses.isSafe(target.url()), "access tokens travel in plain text")),
        Check.should(
                "plain-http-refused", TRANSPORT, "The same address over plain http serves nothing")
            .section("MCP authorization, Communication Security; RFC 9700 §2.6", "R-49")
            .remedy("Redirect plain http to https, or refuse it.")
            .by(TransportChecks::plainHttp),
        Check.must(
                "hosted-clients-let-through",
                TRANSPORT,
                "Nothing in front of the server turns away AI agents")
            .section("docs/reference/clients.md")
            .remedy(
                "Let POST through to the server, its metadata and its token endpoint whatever"
                    + " User-Agent says: switch off blocking of AI agents, bot protection and"
                    + " challenges for these paths.")
            .by(TransportChecks::hostedClients),
        Check.must("foreign-origin-403", TRANSPORT, "A page of another origin is refused")
            .section("MCP, Streamable HTTP, Security Warning", "T-2")
            .remedy("Answer 403 when Origin is there and not one of yours.")
            .by(TransportChecks::foreignOrigin),
        Check.should(
                "foreign-host-refused",
                TRANSPORT,
                "A loopback server refuses a request for another host")
            .section("MCP, Streamable HTTP, Security Warning (DNS rebinding)", "T-3")
            .remedy("Compare Host with the names that the server is known by.")
            .by(TransportChecks::foreignHost),
        Check.must("not-json-refused", TRANSPORT, "Content that is no JSON is refused with a 4xx")
            .section("MCP, Streamable HTTP, Sending Messages; JSON-RPC 2.0 §5.1")
            .remedy("Answer 400, best with the JSON-RPC error -32700.")
            .by(TransportChecks::notJson),
        Check.must(
                "answers-in-json-or-events",
                TRANSPORT,
                "A request is answered in JSON or as events")
            .section("MCP, Streamable HTTP, Sending Messages", "T-6")
            .remedy("Send Content-Type: application/json or text/event-stream.")
            .by(TransportChecks::mediaType),
        Check.must("ids-kept", TRANSPORT, "An answer has the id of its request, of the same type")
            .section("JSON-RPC 2.0 §5; MCP, Messages", "T-40")
            .remedy("Return the id as it came: a string stays a string.")
            .by(TransportChecks::ids));
  }

  /** Why the server cannot be called with an access token; null if it can. */
  private static Verdict unlessIn(TargetServer target, Verdict otherwise) throws IOException {
    return target.flow().failure() == null || target.challenge().status() != 401
        ? otherwise
        : untested(String.valueOf(target.flow().failure()));
  }

  private static boolean mayAsk(TargetServer target) throws IOException {
    return target.flow().failure() == null || target.challenge().status() != 401;
  }

  private static Verdict plainHttp(TargetServer target) {
    if (!"https".equalsIgnoreCase(target.uri().getScheme())) {
      return inapplicable("the server is not reached over https");
    }
    URI plain = URI.create("http" + target.url().substring("https".length()));
    try {
      Answer answer =
          target.http().json(plain.toString(), TargetServer.INITIALIZE, "Accept", Mcp.ACCEPT);
      boolean serves = answer.status() < 300 || answer.status() == 401;
      return check(!serves, "plain http is answered " + answer.brief());
    } catch (IOException refused) {
      return holds();
    }
  }

  /**
   * Edges judge by User-Agent, before the server sees anything: an answer must not depend on it.
   */
  private static Verdict hostedClients(TargetServer target) throws IOException {
    int usual = target.challenge().status();
    List<String> turnedAway = new ArrayList<>();
    for (String agent : HOSTED) {
      Headers before =
          target.http().habits(agent.isEmpty() ? Headers.none() : Headers.of("User-Agent", agent));
      try {
        int status =
            target
                .http()
                .json(target.url(), TargetServer.INITIALIZE, "Accept", Mcp.ACCEPT)
                .status();
        if (status != usual) {
          turnedAway.add((agent.isEmpty() ? "no User-Agent" : agent) + " is answered " + status);
        }
      } finally {
        var _ = target.http().habits(before);
      }
    }
    return check(
        turnedAway.isEmpty(),
        "your edge blocks AI agents: %s, and others %d"
            .formatted(String.join(", ", turnedAway), usual));
  }

  private static Verdict foreignOrigin(TargetServer target) throws IOException {
    Headers headers = Headers.of("Origin", "https://attacker.example");
    Answer answer = target.mcp().post(TargetServer.INITIALIZE, headers);
    if (answer.status() == 403) {
      return holds();
    }
    return unlessIn(target, broken("the answer is " + answer.brief()));
  }

  private static Verdict foreignHost(TargetServer target) throws IOException {
    if (!Addresses.isLoopback(target.uri())) {
      return inapplicable("the server is not on loopback");
    }
    Headers headers = Headers.of("Host", "attacker.example", "Origin", "http://attacker.example");
    Answer answer = target.mcp().post(TargetServer.INITIALIZE, headers);
    boolean refused = answer.status() >= 400 && (answer.status() != 401 || mayAsk(target));
    return refused ? holds() : unlessIn(target, broken("the answer is " + answer.brief()));
  }

  private static Verdict notJson(TargetServer target) throws IOException {
    if (!mayAsk(target)) {
      return unlessIn(target, holds());
    }
    Answer answer = target.mcp().post("this is { no JSON", Headers.none());
    return check(
        answer.status() >= 400 && answer.status() < 500, "the answer is " + answer.brief());
  }

  private static Verdict mediaType(TargetServer target) throws IOException {
    if (!mayAsk(target)) {
      return unlessIn(target, holds());
    }
    Answer answer = target.mcp().post(TargetServer.INITIALIZE, Headers.none());
    String type = answer.mediaType();
    return check(
        answer.status() == 200
            && (type.equals("application/json") || type.equals("text/event-stream")),
        "the answer is " + answer.brief() + " " + type);
  }

  private static Verdict ids(TargetServer target) throws IOException {
    if (!mayAsk(target)) {
      return unlessIn(target, holds());
    }
    String message = TargetServer.INITIALIZE.replace("\"id\":1", "\"id\":\"00-ä\"");
    Answer answer = target.mcp().post(message, Headers.none());
    boolean kept =
        answer.rpc().filter(json -> json.path("id").asString("").equals("00-ä")).isPresent();
    return check(kept, "the id is another one");
  }
}
