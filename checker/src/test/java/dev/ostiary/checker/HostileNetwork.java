package dev.ostiary.checker;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** A server that means harm to whoever reads about it, in front of one that does not. */
final class HostileNetwork implements Outbound {
  /** Clears a terminal, sets its title, forges a line, turns the text, and is markup. */
  static final String HARM =
      "\u001b[2J\u001b]0;owned\u0007\r\nOK: all passed.\n\u202egnp\u2066 | **b** `x`"
          + " <script>alert(1)</script> ]]> \u009b31m \ud800 \u0000 \ufeff\u2028";

  /** What of an answer is hostile. */
  enum Harm {
    EVERY_TEXT,
    TEXTS_THAT_ARE_NO_ADDRESSES,
    NAMES_OF_MEMBERS,
    SECRETS,
    LONG_TEXTS,
    PAGES,
    HEADERS,
    DEPTH
  }

  private final Outbound network;
  private final Harm harm;

  HostileNetwork(Outbound network, Harm harm) {
    this.network = network;
    this.harm = harm;
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request) {
    return network.send(request).thenApply(this::poisoned);
  }

  private Reply poisoned(Reply reply) {
    if (!(reply.body() instanceof Body.Whole whole)) {
      return reply;
    }
    String text = whole.utf8();
    return switch (harm) {
      case HEADERS -> new Reply(reply.status(), poisoned(reply.headers()), whole);
      case PAGES -> text.startsWith("<!") ? with(reply, "<form ".repeat(150_000)) : reply;
      case DEPTH -> with(reply, "{\"a\":".repeat(100_000));
      case EVERY_TEXT -> with(reply, rewritten(text, _ -> HARM, name -> name));
      case TEXTS_THAT_ARE_NO_ADDRESSES ->
          with(
              reply,
              rewritten(text, value -> value.contains("://") ? value : value + HARM, name -> name));
      case NAMES_OF_MEMBERS -> with(reply, rewritten(text, value -> value, name -> name + HARM));
      case LONG_TEXTS ->
          with(reply, rewritten(text, value -> value + "\\\"".repeat(100_000), name -> name));
      case SECRETS -> with(reply, secrets(text));
    };
  }

  private static Reply with(Reply reply, String content) {
    return new Reply(reply.status(), reply.headers().without("Content-Length"), Body.utf8(content));
  }

  /** A header has no line feeds and no ASCII controls, but those of ISO 8859-1. */
  private static Headers poisoned(Headers headers) {
    String harm = " \u009b31m\u0085OK: all passed.\u00ad <script>alert(1)</script>";
    return headers
        .replace("Server", "wrong" + harm)
        .replace(
            "WWW-Authenticate",
            headers.first("WWW-Authenticate").orElse("Bearer") + ", hint=\"" + harm + "\"");
  }

  private static String secrets(String text) {
    String secrets = text;
    for (String name : Map.of("registration_access_token", 1, "client_secret", 2).keySet()) {
      secrets = secrets.replaceAll("(\"" + name + "\":\")", "$1\\\\u001b[2J\\\\r\\\\n");
    }
    return secrets.replaceAll("(\"access_token\":\")", "$1\\\\u001b[2J\\\\u202e");
  }

  private static String rewritten(
      String text, UnaryOperator<String> value, UnaryOperator<String> name) {
    try {
      return rewritten(JsonMapper.shared().readTree(text), value, name).toString();
    } catch (JacksonException noJson) {
      return text;
    }
  }

  private static JsonNode rewritten(
      JsonNode node, UnaryOperator<String> value, UnaryOperator<String> name) {
    JsonMapper mapper = JsonMapper.shared();
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode changed = mapper.createObjectNode();
        object
            .properties()
            .forEach(
                each ->
                    changed.set(
                        name.apply(each.getKey()), rewritten(each.getValue(), value, name)));
        yield changed;
      }
      case ArrayNode array -> {
        ArrayNode changed = mapper.createArrayNode();
        array.forEach(each -> changed.add(rewritten(each, value, name)));
        yield changed;
      }
      case StringNode string -> StringNode.valueOf(value.apply(string.stringValue()));
      default -> node;
    };
  }

  @Override
  public void close() {
    network.close();
  }
}
