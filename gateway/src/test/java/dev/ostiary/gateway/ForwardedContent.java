package dev.ostiary.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.backend.SessionBackend;
import dev.ostiary.gateway.policy.Condition;
import dev.ostiary.gateway.policy.OfferedScope;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.RequiredScopes;
import dev.ostiary.gateway.policy.Rule;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Request;
import dev.ostiary.mcp.Message;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A gateway that denies little and allows the rest, before a backend that keeps what reaches it;
 * whatever that is must mean nothing that is denied, to no reader.
 */
final class ForwardedContent {
  private static final Policy POLICY =
      Policy.builder()
          .scope(OfferedScope.of("absent", ""))
          .tool("drop", RequiredScopes.DENIED)
          .tool("scoped", RequiredScopes.of("absent"))
          .tool(Rule.of("send", RequiredScopes.DENIED).when(Condition.equalTo("to", "all")))
          .prompt("drop", RequiredScopes.DENIED)
          .resource("x://drop/*", RequiredScopes.DENIED)
          .method("vendor/drop", RequiredScopes.DENIED)
          .otherwise(RequiredScopes.NOTHING)
          .build();

  private final List<AdmittedCall> reached = new ArrayList<>();
  private final SampleGateway gateway = SampleGateway.with(new Recorder(), POLICY);

  /** As one that relays to another server, which takes any revision. */
  private final class Recorder implements Backend, SessionBackend {
    @Override
    public void take(AdmittedCall call, CallReply reply) {
      reached.add(call);
      reply.accepted();
    }

    @Override
    public Optional<SessionBackend> sessions() {
      return Optional.of(this);
    }

    @Override
    public Optional<BackendSession> open(String clientId, Caller caller) {
      return Optional.empty();
    }

    @Override
    public Optional<String> openEvent(String clientId, BackendSession session, Caller caller) {
      return Optional.empty();
    }

    @Override
    public void take(AdmittedListening listening, CallReply reply) {
      throw new AssertionError("nobody listens");
    }
  }

  /** Sends it, checks what reached the backend, and returns whether anything did. */
  boolean send(byte[] content, Headers headers) {
    reached.clear();
    FakeExchange exchange =
        new FakeExchange(
            new Request(
                "request-1",
                "POST",
                "/mcp",
                "",
                headers
                    .with("Authorization", "Bearer writer")
                    .with("Content-Type", "application/json"),
                Body.of(content),
                InetAddress.getLoopbackAddress()));
    gateway.service("/mcp").serve(exchange);
    assertThat(exchange.isAnswered()).isTrue();
    reached.forEach(call -> check(call, content));
    return !reached.isEmpty();
  }

  private static void check(AdmittedCall call, byte[] content) {
    String forwarded = new String(call.body(), UTF_8);
    assertThat(forwarded).isEqualTo(new String(content, UTF_8).strip());
    assertThat(Message.scan(call.body())).isInstanceOf(call.message().getClass());
    assertThat(AnyReading.of(call.body()).messages())
        .as(forwarded)
        .noneMatch(ForwardedContent::meansWhatIsDenied);
  }

  private static boolean meansWhatIsDenied(AnyReading message) {
    boolean tool = message.mayCall("tools/call");
    return (tool && message.mayHave("drop", "params", "name"))
        || (tool && message.mayHave("scoped", "params", "name"))
        || (tool
            && message.mayHave("send", "params", "name")
            && message.mayHave("all", "params", "arguments", "to"))
        || (message.mayCall("prompts/get") && message.mayHave("drop", "params", "name"))
        || (message.mayCall("resources/read") && message.mayHave("x://drop/1", "params", "uri"))
        || (message.mayCall("completion/complete")
            && message.mayHave("drop", "params", "ref", "name"))
        || message.mayCall("vendor/drop");
  }
}
