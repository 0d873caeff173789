package dev.ostiary.gateway.refusal;

import dev.ostiary.gateway.reply.ReplyHeaders;
import dev.ostiary.http.Body;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.protocol.Challenge;
import dev.ostiary.protocol.Scopes;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The forms of what a refused client is told. Every reply has a JSON-RPC error as its content,
 * because clients that find none take the server for one of another era.
 *
 * @param resourceMetadata where the server's metadata is (RFC 9728 §5.1)
 * @param scopes the minimal useful set, for clients without a token, as they ask for them
 * @param wire what clients call scopes of the policy when they ask for them
 * @param origin whose script reads the reply; null if none does
 */
record RefusalReplies(
    String resourceMetadata, Scopes scopes, UnaryOperator<Scopes> wire, @Nullable String origin) {
  private static final String RETRY_SECONDS = "5";

  /** The same, without leave for any script to read them. */
  RefusalReplies forNoScript() {
    return new RefusalReplies(resourceMetadata, scopes, wire, null);
  }

  Reply error(int status, RpcError error, @Nullable RawJson id) {
    return new Reply(status, ReplyHeaders.json(origin), Body.of(error.toJson(id)));
  }

  /** Some clients start their sign-in only where the text says "Unauthorized". */
  Reply challenge(Challenge challenge, String message) {
    return error(401, RpcError.unauthorized("Unauthorized: " + message), null)
        .with(
            "WWW-Authenticate",
            challenge.resourceMetadata(resourceMetadata).scope(scopes).toWire());
  }

  Reply invalidToken(String why) {
    return challenge(Challenge.invalidToken(why), why);
  }

  /**
   * @param needed all that the call needs
   * @param asked what the client is told to ask for
   */
  Reply insufficientScope(Scopes needed, Scopes asked, @Nullable RawJson id) {
    String why = "This call needs the scope " + wire.apply(needed).toWire();
    Challenge challenge =
        Challenge.insufficientScope(why)
            .resourceMetadata(resourceMetadata)
            .scope(wire.apply(asked));
    return error(403, RpcError.unauthorized(why), id).with("WWW-Authenticate", challenge.toWire());
  }

  Reply unavailable() {
    return error(503, RpcError.internal("Not available now; try again"), null)
        .with("Retry-After", RETRY_SECONDS);
  }
}
