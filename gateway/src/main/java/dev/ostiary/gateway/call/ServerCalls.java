package dev.ostiary.gateway.call;

import dev.ostiary.gateway.backend.Admitted;
import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.observe.ServerMetrics;
import dev.ostiary.gateway.policy.PolicyEvaluator;
import dev.ostiary.gateway.policy.ReadOnlyHints;
import dev.ostiary.gateway.refusal.Refusals;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.tool.ToolLists;
import dev.ostiary.http.Request;
import dev.ostiary.mcp.ListFilter;
import dev.ostiary.protocol.Scopes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the calls to one server have in common. */
public record ServerCalls(
    ServerRoute server,
    PolicyEvaluator evaluator,
    Refusals refusals,
    RunningCalls running,
    Ticker ticker,
    ToolLists tools,
    ServerMetrics metrics) {
  /** What has to change in the answer; empty if nothing has. */
  Optional<ListFilter> filter(Admitted admitted, Scopes held) {
    return switch (admitted) {
      case AdmittedCall call ->
          evaluator
              .listFilter(call.message(), held, tools.hints(call.caller()))
              .or(() -> privacy(call));
      case AdmittedListening listening ->
          evaluator.streamFilter(held, tools.hints(listening.caller()));
    };
  }

  /**
   * Whether a call may be sent twice. What is not known yet of a tool, the server's own list says.
   */
  CompletionStage<Boolean> isRepeatable(AdmittedCall call, Request request) {
    ReadOnlyHints hints = tools.hints(call.caller());
    Boolean known = evaluator.isRepeatable(call.message(), hints);
    return known != null
        ? CompletableFuture.completedStage(known)
        : tools
            .read(new CallHead(request, call.caller(), call.revision(), call.session()))
            .thenApply(_ -> Boolean.TRUE.equals(evaluator.isRepeatable(call.message(), hints)));
  }

  /** A result that was fetched for one user must not be kept for others. */
  private Optional<ListFilter> privacy(AdmittedCall call) {
    return call.revision().isModern() && server.backend().isPersonal()
        ? ListFilter.ofNothing(call.message())
        : Optional.empty();
  }
}
