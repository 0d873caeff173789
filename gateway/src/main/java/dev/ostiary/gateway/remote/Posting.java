package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.Outgoing;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Request;
import dev.ostiary.mcp.HeaderText;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.MirroredFields;
import dev.ostiary.mcp.Params;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages of ours as requests over HTTP. */
final class Posting {
  private static final String VERSION = "MCP-Protocol-Version";

  /** What can be asked again without harm. */
  private static final Set<String> HARMLESS =
      Set.of(
          "initialize",
          "ping",
          "server/discover",
          "notifications/initialized",
          "tools/list",
          "prompts/list",
          "resources/list",
          "resources/templates/list");

  private Posting() {}

  /** The id of a request; {@link Channel#NONE} for any other message. */
  static long id(Outgoing message) {
    return message.message() instanceof RpcMessage.Request request
        ? request.id().asLong(Channel.NONE)
        : Channel.NONE;
  }

  static boolean is(Outgoing message, String method) {
    return method.equals(method(message));
  }

  private static @Nullable String method(Outgoing message) {
    return switch (message.message()) {
      case RpcMessage.Request request -> request.method();
      case RpcMessage.Notification notification -> notification.method();
      case RpcMessage.Response _ -> null;
    };
  }

  static boolean isHarmless(Outgoing message) {
    String method = method(message);
    return method != null && HARMLESS.contains(method);
  }

  /** Whether it is of the modern era. */
  static boolean isModern(Outgoing message) {
    return message.judged().message() instanceof Envelope envelope && envelope.params().isModern();
  }

  /** As the backend gets it. */
  static AdmittedCall call(Outgoing message, Agreement agreed) {
    Headers headers =
        Headers.of(
            "Content-Type", "application/json", "Accept", "application/json, text/event-stream");
    for (Headers.Field field : message.fields().fields()) {
      headers = headers.with(field.name(), field.value());
    }
    if (message.judged().message() instanceof Envelope envelope && envelope.params().isModern()) {
      CallHead head = head(message.cause(), "POST", mirrored(headers, envelope), Agreement.MODERN);
      return new AdmittedCall(head, message.judged());
    }
    return new AdmittedCall(head(message.cause(), "POST", headers, agreed), message.judged());
  }

  private static Headers mirrored(Headers headers, Envelope envelope) {
    Params.Meta meta = envelope.params().meta();
    String version = meta == null ? null : meta.protocolVersion();
    String name = MirroredFields.name(envelope);
    Headers mirrored =
        headers
            .replace(VERSION, version == null ? Revision.MODERN.wire() : version)
            .replace("Mcp-Method", HeaderText.encode(envelope.method()));
    return name == null ? mirrored : mirrored.replace("Mcp-Name", HeaderText.encode(name));
  }

  /** The head of a request for the same user. */
  static CallHead head(Cause cause, String method, Headers headers, Agreement agreed) {
    Request of = cause.head().request();
    String version = agreed.version();
    Request own =
        new Request(
            of.id(),
            method,
            of.path(),
            "",
            version == null ? headers : headers.replace(VERSION, version),
            Body.empty(),
            of.remote());
    return new CallHead(own, cause.caller(), agreed.revision(), agreed.session());
  }
}
