package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.V2025_03_26;
import static dev.ostiary.checker.Need.V2025_06_18;
import static dev.ostiary.checker.Need.V2025_11_25;
import static dev.ostiary.checker.Specification.MCP_2025_03_26;
import static dev.ostiary.checker.Specification.MCP_2025_06_18;
import static dev.ostiary.checker.Specification.MCP_2025_11_25;
import static dev.ostiary.checker.server.Verdict.broken;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.holds;
import static dev.ostiary.checker.server.Verdict.inapplicable;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.server.Mcp;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Revision;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** The revisions that begin with {@code initialize}. */
final class LegacyChecks {
  private static final String TRANSPORT = "MCP 2025-11-25 transports, Streamable HTTP";

  private LegacyChecks() {}

  static List<Check> all() {
    return List.of(
        Check.must(
                "unknown-version-answered",
                MCP_2025_11_25,
                "A client of an unknown version is offered a known one")
            .section("MCP 2025-11-25 lifecycle, Version Negotiation", "T-44")
            .remedy("Answer initialize with the latest version that you speak.")
            .needs(V2025_11_25)
            .by(LegacyChecks::unknownVersion),
        Check.must(
                "notifications-accepted",
                MCP_2025_11_25,
                "A notification is accepted with 202 and no content")
            .section(TRANSPORT, "T-48")
            .remedy("Answer 202 without content.")
            .needs(V2025_11_25)
            .by(target -> notification(target, Revision.V2025_11_25)),
        Check.must("unknown-method-named", MCP_2025_11_25, "An unknown method is answered -32601")
            .section("JSON-RPC 2.0 §5.1", "T-40")
            .remedy("Answer the JSON-RPC error -32601.")
            .needs(V2025_11_25)
            .by(LegacyChecks::unknownMethod),
        Check.must(
                "get-streams-or-405", MCP_2025_11_25, "GET opens a stream of events, or is a 405")
            .section(TRANSPORT + ", Listening for Messages", "T-47")
            .remedy("Answer text/event-stream, or 405.")
            .needs(V2025_11_25)
            .by(LegacyChecks::get),
        Check.must(
                "unsupported-version-400",
                MCP_2025_11_25,
                "A request that names an unknown version is answered 400")
            .section(TRANSPORT + ", Protocol Version Header", "T-51")
            .remedy("Answer 400 when MCP-Protocol-Version is not one of yours.")
            .needs(V2025_11_25)
            .by(LegacyChecks::unsupportedVersion),
        Check.must("session-ids-visible", MCP_2025_11_25, "Session ids are visible ASCII, and long")
            .section(TRANSPORT + ", Session Management; security best practices", "A-67", "T-45")
            .remedy("Make session ids of at least 128 random bits, in ASCII.")
            .needs(V2025_11_25)
            .by(LegacyChecks::sessionIds),
        Check.should(
                "session-required", MCP_2025_11_25, "A request without its session is answered 400")
            .section(TRANSPORT + ", Session Management", "T-46")
            .remedy("Answer 400 when Mcp-Session-Id is missing.")
            .needs(V2025_11_25)
            .by(LegacyChecks::sessionRequired),
        Check.must(
                "unknown-session-404",
                MCP_2025_11_25,
                "A request of a session that has ended is answered 404")
            .section(TRANSPORT + ", Session Management", "T-45")
            .remedy("Answer 404, so that clients begin anew.")
            .needs(V2025_11_25)
            .by(LegacyChecks::unknownSession),
        Check.must(
                "session-no-authentication",
                MCP_2025_11_25,
                "A session id without an access token opens nothing")
            .section("MCP security best practices, Session Hijacking", "A-66")
            .remedy("Check the token of every request, also within a session.")
            .needs(V2025_11_25)
            .by(LegacyChecks::sessionNoAuthentication),
        Check.must(
                "notifications-accepted-2025-06-18",
                MCP_2025_06_18,
                "A notification is accepted with 202 and no content")
            .section("MCP 2025-06-18 transports, Sending Messages", "T-48")
            .remedy("Answer 202 without content.")
            .needs(V2025_06_18)
            .by(target -> notification(target, Revision.V2025_06_18)),
        Check.should(
                "version-assumed",
                MCP_2025_03_26,
                "A client that names no version is taken for one of 2025-03-26")
            .section("MCP 2025-06-18 transports, Protocol Version Header", "T-52")
            .remedy("Serve requests without MCP-Protocol-Version.")
            .needs(V2025_03_26)
            .by(LegacyChecks::versionAssumed),
        Check.must("batches-accepted", MCP_2025_03_26, "Several messages at once are answered")
            .section("MCP 2025-03-26 base protocol, Batching", "T-53")
            .remedy("Accept an array of messages from clients of this revision.")
            .needs(V2025_03_26)
            .by(LegacyChecks::batches));
  }

  private static Verdict unknownVersion(TargetServer target) throws IOException {
    Answer answer = target.mcp().initialize("1999-01-01");
    String offered =
        answer.result().map(result -> result.path("protocolVersion").asString("")).orElse("");
    return check(
        offered.matches("\\d{4}-\\d{2}-\\d{2}") && !offered.equals("1999-01-01"),
        "the answer is " + answer.brief() + " with version " + offered);
  }

  private static Verdict notification(TargetServer target, Revision revision) throws IOException {
    Answer answer =
        target
            .mcp()
            .legacy(target.mcp().session(revision), Mcp.notification("notifications/initialized"));
    return check(
        answer.status() == 202 && answer.text().isEmpty(), "the answer is " + answer.brief());
  }

  private static Verdict unknownMethod(TargetServer target) throws IOException {
    Answer answer =
        target
            .mcp()
            .legacy(target.mcp().session(Revision.V2025_11_25), Mcp.request(3, "ostiary/check"));
    return check(answer.rpcCode() == -32601, "the code is " + answer.rpcCode());
  }

  private static Verdict get(TargetServer target) throws IOException {
    Headers headers =
        target
            .mcp()
            .headers(target.mcp().session(Revision.V2025_11_25))
            .with("Accept", "text/event-stream");
    Answer answer = target.http().head("GET", target.url(), target.mcp().authorized(headers), "");
    boolean stream = answer.status() == 200 && answer.mediaType().equals("text/event-stream");
    return check(
        stream || answer.status() == 405,
        "GET is answered " + answer.status() + " " + answer.mediaType());
  }

  private static Verdict unsupportedVersion(TargetServer target) throws IOException {
    Mcp.Session session = target.mcp().session(Revision.V2025_11_25);
    Headers headers = target.mcp().headers(session).replace("MCP-Protocol-Version", "1999-01-01");
    Answer answer = target.mcp().post(Mcp.request(4, "tools/list").toString(), headers);
    return check(answer.status() == 400, "the answer is " + answer.brief());
  }

  private static Verdict sessionIds(TargetServer target) throws IOException {
    String id = target.mcp().session(Revision.V2025_11_25).id();
    if (id == null) {
      return inapplicable("the server keeps no sessions");
    }
    boolean visible = id.chars().allMatch(c -> c >= 0x21 && c <= 0x7e);
    return check(
        visible && id.length() >= 20, "an id of " + id.length() + " characters, or not ASCII");
  }

  private static Verdict sessionRequired(TargetServer target) throws IOException {
    if (target.mcp().session(Revision.V2025_11_25).id() == null) {
      return inapplicable("the server keeps no sessions");
    }
    Answer answer =
        target
            .mcp()
            .post(
                Mcp.request(5, "tools/list").toString(),
                Headers.of("MCP-Protocol-Version", "2025-11-25"));
    return check(answer.status() == 400, "the answer is " + answer.brief());
  }

  private static Verdict unknownSession(TargetServer target) throws IOException {
    if (target.mcp().session(Revision.V2025_11_25).id() == null) {
      return inapplicable("the server keeps no sessions");
    }
    Mcp.Session session = target.mcp().another(Revision.V2025_11_25);
    Headers headers = target.mcp().headers(session);
    Answer deleted =
        target.http().send("DELETE", target.url(), target.mcp().authorized(headers), "");
    if (deleted.status() == 405) {
      headers = headers.replace("Mcp-Session-Id", Objects.requireNonNull(session.id()) + "x");
    }
    Answer answer = target.mcp().post(Mcp.request(6, "tools/list").toString(), headers);
    return check(answer.status() == 404, "the answer is " + answer.brief());
  }

  private static Verdict sessionNoAuthentication(TargetServer target) throws IOException {
    Mcp.Session session = target.mcp().session(Revision.V2025_11_25);
    if (session.id() == null) {
      return inapplicable("the server keeps no sessions");
    }
    if (target.challenge().status() != 401) {
      return broken("the server wants no token at all");
    }
    Answer answer =
        target
            .http()
            .json(
                target.url(),
                Mcp.request(6, "tools/list").toString(),
                "Accept",
                Mcp.ACCEPT,
                "MCP-Protocol-Version",
                "2025-11-25",
                "Mcp-Session-Id",
                session.id());
    return check(answer.status() == 401, "the answer is " + answer.brief());
  }

  private static Verdict versionAssumed(TargetServer target) throws IOException {
    Mcp.Session session = target.mcp().session(Revision.V2025_03_26);
    Headers headers = target.mcp().headers(session).without("MCP-Protocol-Version");
    Answer answer = target.mcp().post(Mcp.request(8, "ping").toString(), headers);
    return answer.status() == 200 ? holds() : broken("the answer is " + answer.brief());
  }

  private static Verdict batches(TargetServer target) throws IOException {
    Mcp.Session session = target.mcp().session(Revision.V2025_03_26);
    String batch = "[" + Mcp.request(11, "ping") + "," + Mcp.request(12, "ping") + "]";
    Answer answer = target.mcp().post(batch, target.mcp().headers(session));
    boolean both =
        answer.status() == 200
            && answer.text().contains("\"id\":11")
            && answer.text().contains("\"id\":12");
    return check(both, "the answer is " + answer.brief());
  }
}
