package dev.ostiary.gateway.refusal;

import dev.ostiary.gateway.reply.ReplyHeaders;
import dev.ostiary.gateway.token.TokenVerifier.Refusal;
import dev.ostiary.http.Body;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.protocol.Challenge;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.metadata.ProtectedResourceMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What a refused client is told. Every reply has a JSON-RPC error as its content, because clients
 * that find none take the server for one of another era.
 */
final class RefusalReplies {
  private static final String RETRY_SECONDS = "5";

  private final String resourceMetadata;
  private final Scopes scopes;

  RefusalReplies(Resource resource, Scopes scopes) {
    this.resourceMetadata = ProtectedResourceMetadata.uri(resource);
    this.scopes = scopes;
  }

  /**
   * @param origin whose script reads the reply; null if none does
   */
  Reply reply(CallRefusal refusal, @Nullable String origin) {
    return switch (refusal) {
      case CallRefusal.ForeignOrigin _ ->
          error(403, RpcError.invalidRequest("this origin or host may not call"), null, null);
      case CallRefusal.OtherMethod(var method, var allowed) ->
          error(405, RpcError.invalidRequest(method + " is not served here"), null, origin)
              .with("Allow", allowed);
      case CallRefusal.NoToken _ ->
          challenge(Challenge.unauthenticated(), "Authentication required", origin);
      case CallRefusal.MalformedToken(String why) ->
          error(400, RpcError.invalidRequest(why), null, origin)
              .with("WWW-Authenticate", Challenge.invalidRequest(why).toWire());
      case CallRefusal.BadToken(Refusal reason) when reason == Refusal.UNAVAILABLE ->
          unavailable(origin);
      case CallRefusal.BadToken _, CallRefusal.OtherAudience _, CallRefusal.TokenRevoked _ ->
          invalidToken("The access token is not valid here, or no longer", origin);
      case CallRefusal.UserNotAllowed _ ->
          error(403, RpcError.unauthorized("You may not use this server"), null, origin);
      case CallRefusal.SignInAgain _ ->
          invalidToken("The sign-in behind this access token no longer holds", origin);
      case CallRefusal.NotJson _ ->
          error(415, RpcError.invalidRequest("the content must be application/json"), null, origin);
      case CallRefusal.NoContent(int status, int limit) -> noContent(status, limit, origin);
      case CallRefusal.NotAdmitted(var refused) ->
          error(refused.status(), refused.error(), refused.id(), origin);
      case CallRefusal.ScopeMissing missing -> insufficientScope(missing, origin);
      case CallRefusal.Overloaded _, CallRefusal.Undecided _, CallRefusal.Stopping _ ->
          unavailable(origin);
      case CallRefusal.NotAllowed(var message, var revision, var denied) ->
          DenialReplies.reply(message, revision, denied.denials(), origin);
      case CallRefusal.Broken _ -> error(500, RpcError.internal("Internal error"), null, origin);
    };
  }

  private static Reply noContent(int status, int limit, @Nullable String origin) {
    return switch (status) {
      case 503 -> unavailable(origin);
      case 413 ->
          error(
              status,
              RpcError.invalidRequest("the content is larger than " + limit + " bytes"),
              null,
              origin);
      default ->
          error(
              status,
              RpcError.invalidRequest("the content did not arrive as a whole"),
              null,
              origin);
    };
  }

  private Reply insufficientScope(CallRefusal.ScopeMissing missing, @Nullable String origin) {
    String why = "This call needs the scope " + missing.needed().toWire();
    Challenge challenge =
        Challenge.insufficientScope(why).resourceMetadata(resourceMetadata).scope(missing.asked());
    return error(403, RpcError.unauthorized(why), missing.id(), origin)
        .with("WWW-Authenticate", challenge.toWire());
  }

  private Reply invalidToken(String why, @Nullable String origin) {
    return challenge(Challenge.invalidToken(why), why, origin);
  }

  /** Some clients start their sign-in only where the text says "Unauthorized". */
  private Reply challenge(Challenge challenge, String message, @Nullable String origin) {
    return error(401, RpcError.unauthorized("Unauthorized: " + message), null, origin)
        .with(
            "WWW-Authenticate",
            challenge.resourceMetadata(resourceMetadata).scope(scopes).toWire());
  }

  private static Reply unavailable(@Nullable String origin) {
    return error(503, RpcError.internal("Not available now; try again"), null, origin)
        .with("Retry-After", RETRY_SECONDS);
  }

  private static Reply error(
      int status, RpcError error, @Nullable RawJson id, @Nullable String origin) {
    return new Reply(status, ReplyHeaders.json(origin), Body.of(error.toJson(id)));
  }
}
