package dev.ostiary.connector.openid;

import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.io.IOException;
import java.net.URI;
import tools.jackson.databind.node.ObjectNode;

/** The userinfo endpoint of a provider (OpenID Connect Core §5.3). */
final class UserInfo {
  private final ProviderHttp http;
  private final Refusals refusals;

  UserInfo(ProviderHttp http, Refusals refusals) {
    this.http = http;
    this.refusals = refusals;
  }

  /** What it says; {@link UpstreamRefusal.Rejected} if the token is not good any more. */
  Result<ObjectNode, UpstreamRefusal> find(URI endpoint, Secret accessToken) {
    try {
      return read(http.get(endpoint, "Bearer " + accessToken.reveal()));
    } catch (IOException unreachable) {
      return unavailable("cannot be reached: " + unreachable.getMessage());
    }
  }

  private Result<ObjectNode, UpstreamRefusal> read(Reply reply) {
    return switch (reply.status()) {
      case 200 -> content(reply);
      case 401 -> Result.refused(new UpstreamRefusal.Rejected("token_refused"));
      case 429 -> Result.refused(refusals.limited(reply));
      default -> unavailable("answered with status " + reply.status());
    };
  }

  private Result<ObjectNode, UpstreamRefusal> content(Reply reply) {
    if (reply.headers().first("Content-Type").orElse("").startsWith("application/jwt")) {
      return Result.refused(refusals.encrypted("The answer of userinfo"));
    }
    return Json.readObject(ProviderHttp.content(reply))
        .filter(claims -> claims.path("sub").isString())
        .<Result<ObjectNode, UpstreamRefusal>>map(Result::ok)
        .orElseGet(() -> unavailable("does not say about whom it speaks"));
  }

  private static <T> Result<T, UpstreamRefusal> unavailable(String what) {
    return Result.refused(new UpstreamRefusal.Unavailable("userinfo " + what));
  }
}
