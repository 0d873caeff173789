package dev.ostiary.simulator.api;

import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.simulator.api.HourlyLimits.Usage;
import dev.ostiary.simulator.http.Sha256;
import dev.ostiary.simulator.token.AccessToken;
import java.util.Arrays;

/** The headers that tell an API caller where it stands. */
final class ApiHeaders {
  private ApiHeaders() {}

  static Reply version(Reply reply, ApiVersion version) {
    return reply
        .replace("Content-Type", "application/json; charset=utf-8")
        .with("X-GitHub-Media-Type", "github.v3; format=json")
        .with("X-GitHub-Api-Version-Selected", version.date());
  }

  static Reply rateLimit(Reply reply, Usage usage) {
    return reply
        .with("x-ratelimit-limit", Integer.toString(usage.limit()))
        .with("x-ratelimit-remaining", Integer.toString(usage.remaining()))
        .with("x-ratelimit-used", Integer.toString(Math.min(usage.used(), usage.limit())))
        .with("x-ratelimit-reset", Long.toString(usage.reset().getEpochSecond()))
        .with("x-ratelimit-resource", "core");
  }

  /** Scopes for OAuth Apps' tokens; for GitHub Apps' tokens permissions instead. */
  static Reply scopes(Reply reply, AccessToken token, ApiRoute route) {
    if (!token.app().isOAuthApp()) {
      return reply.with("X-Accepted-GitHub-Permissions", route.acceptedPermissions());
    }
    return reply
        .with("X-OAuth-Scopes", token.scopes().joined(", "))
        .with("X-Accepted-OAuth-Scopes", route.acceptedScopes())
        .with("X-OAuth-Client-Id", token.app().clientId());
  }

  static Reply entityTag(Reply reply, byte[] content) {
    return reply
        .with("ETag", tag(content))
        .with("Cache-Control", "private, max-age=60, s-maxage=60")
        .with("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP");
  }

  /** Whether the caller has this very content already (RFC 9110 §13.1.2). */
  static boolean isKnown(Request request, byte[] content) {
    String opaque = tag(content).substring(2);
    return request.headers().all("If-None-Match").stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .anyMatch(
            known -> known.equals("*") || known.equals(opaque) || known.equals("W/" + opaque));
  }

  private static String tag(byte[] content) {
    return "W/\"" + Sha256.hexadecimal(content) + "\"";
  }
}
