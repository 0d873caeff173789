package dev.ostiary.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.Outgoing;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.PolicyEvaluator;
import dev.ostiary.gateway.policy.ReadOnlyHints;
import dev.ostiary.gateway.policy.Verdict;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Request;
import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.net.InetAddress;

/** Messages on their way to a backend. */
final class SampleMessages {
  static final Cause CAUSE = Cause.of(head());

  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

  private SampleMessages() {}

  static Outgoing request(long id, String method) {
    return outgoing("\"id\":" + id + ",\"method\":\"" + method + "\"");
  }

  static Outgoing notification(String method) {
    return outgoing("\"method\":\"" + method + "\"");
  }

  static Outgoing modern(long id, String method, String params) {
    String all = params.isEmpty() ? META : params + "," + META;
    return outgoing("\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + all + "}");
  }

  private static Outgoing outgoing(String members) {
    byte[] json = ("{\"jsonrpc\":\"2.0\"," + members + "}").getBytes(UTF_8);
    RpcMessage message = RpcMessage.read(json).orElseThrow();
    Verdict verdict =
        new PolicyEvaluator(Policy.OPEN)
            .judge((WellFormed) Message.scan(json), Scopes.none(), new ReadOnlyHints());
    return new Outgoing(message, ((Verdict.Allowed) verdict).call(), CAUSE, Headers.none());
  }

  private static CallHead head() {
    Request request =
        new Request(
            "request-1",
            "POST",
            "/docs/mcp",
            "",
            Headers.none(),
            Body.empty(),
            InetAddress.getLoopbackAddress());
    Caller caller =
        new Caller(
            new Subject("github:1"),
            new ClientId("client"),
            new GrantId("grant"),
            Scopes.of("mcp"));
    return new CallHead(request, caller, Revision.LATEST_LEGACY, null);
  }
}
