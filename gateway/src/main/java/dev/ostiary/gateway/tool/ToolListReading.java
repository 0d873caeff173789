package dev.ostiary.gateway.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.policy.PolicyEvaluator;
import dev.ostiary.gateway.policy.ReadOnlyHints;
import dev.ostiary.gateway.reply.CollectedReply;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.tool.ToolLists.Outcome;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Request;
import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.ToolPage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One reading of a list of tools, page by page. */
final class ToolListReading {
  private static final int PAGES = 100;

  private final Backend backend;
  private final CallHead head;
  private final ReadOnlyHints hints;
  private final Ticker ticker;
  private final Logger log;
  private final CompletableFuture<Outcome> outcome;
  private final Map<String, ReadOnlyHints.Hint> tools = new HashMap<>();
  private int pages;

  ToolListReading(
      Backend backend,
      CallHead head,
      ReadOnlyHints hints,
      Ticker ticker,
      Logger log,
      CompletableFuture<Outcome> outcome) {
    this.backend = backend;
    this.head = head;
    this.hints = hints;
    this.ticker = ticker;
    this.log = log;
    this.outcome = outcome;
  }

  void begin() {
    ask(null);
  }

  private void ask(@Nullable String cursor) {
    pages++;
    WellFormed list = (WellFormed) Message.scan(content(cursor));
    Request request = head.request();
    Request own =
        new Request(
            request.id(), "POST", request.path(), "", headers(), Body.empty(), request.remote());
    AdmittedCall call =
        new AdmittedCall(
            new CallHead(own, head.caller(), head.revision(), head.session()),
            PolicyEvaluator.own(list));
    CollectedReply reply = new CollectedReply(ticker);
    var _ = reply.answer().whenComplete((answer, _) -> answered(answer));
    try {
      backend.take(call, reply);
    } catch (RejectedExecutionException full) {
      finish(Outcome.UNAVAILABLE);
    }
  }

  private void answered(CollectedReply.@Nullable Answer answer) {
    if (answer instanceof CollectedReply.SignInAgain) {
      finish(Outcome.SIGN_IN_AGAIN);
      return;
    }
    Optional<ToolPage> page =
        answer instanceof CollectedReply.Json(Body.Whole content)
            ? ToolPage.read(content.bytes())
            : Optional.empty();
    page.ifPresent(
        read -> read.tools().forEach(tool -> note(tool.key(), ReadOnlyHints.Hint.of(tool))));
    String next = page.map(ToolPage::nextCursor).orElse(null);
    if (page.isEmpty() || (next != null && pages == PAGES)) {
      finish(Outcome.UNAVAILABLE);
    } else if (next == null || tools.size() > ReadOnlyHints.LIMIT) {
      hints.replace(tools, ticker.now());
      finish(Outcome.READ);
    } else {
      ask(next);
    }
  }

  /** A tool that is there twice is as harmless as the more dangerous of both. */
  private void note(String tool, ReadOnlyHints.Hint hint) {
    tools.merge(tool, hint, ReadOnlyHints.Hint::and);
  }

  private void finish(Outcome what) {
    if (what != Outcome.READ) {
      log.log(
          Level.WARNING,
          () -> head.request().id() + ": the list of tools could not be read: " + what);
    }
    outcome.complete(what);
  }

  private byte[] content(@Nullable String cursor) {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    message.put("id", "tools-" + pages).put("method", "tools/list");
    ObjectNode params = message.putObject("params");
    if (cursor != null) {
      params.put("cursor", cursor);
    }
    if (head.revision().isModern()) {
      ObjectNode meta = params.putObject("_meta");
      meta.put("io.modelcontextprotocol/protocolVersion", head.revision().wire());
      meta.putObject("io.modelcontextprotocol/clientCapabilities");
    }
    return JsonMapper.shared().writeValueAsString(message).getBytes(UTF_8);
  }

  /** Like the call's own, as far as the conversation depends on them. */
  private Headers headers() {
    Headers headers =
        Headers.of(
            "Content-Type", "application/json", "Accept", "application/json, text/event-stream");
    Revision revision = head.revision();
    if (revision.isModern()) {
      return headers.with("MCP-Protocol-Version", revision.wire()).with("Mcp-Method", "tools/list");
    }
    return head.request()
        .headers()
        .first("MCP-Protocol-Version")
        .map(version -> headers.with("MCP-Protocol-Version", version))
        .orElse(headers);
  }
}
