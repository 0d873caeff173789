package dev.ostiary.simulator.openid;

import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.http.Origin;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** Makes access tokens: random text, or JWTs for an audience (RFC 9068 §2). */
final class AccessTokens {
  private final OpenIdProviderSettings settings;
  private final Origin origin;
  private final OpenIdTokens tokens;
  private final SigningKeys keys;
  private final OpenIdFaults faults;

  AccessTokens(
      OpenIdProviderSettings settings,
      Origin origin,
      OpenIdTokens tokens,
      SigningKeys keys,
      OpenIdFaults faults) {
    this.settings = settings;
    this.origin = origin;
    this.tokens = tokens;
    this.keys = keys;
    this.faults = faults;
  }

  String make(OpenIdTokens.SignedIn signedIn, Instant now) {
    String audience = settings.audience();
    if (audience == null) {
      return tokens.secret();
    }
    ObjectNode claims =
        Json.object()
            .put("iss", origin.web(""))
            .put("sub", signedIn.user().subject())
            .put("aud", audience)
            .put("client_id", signedIn.client().id())
            .put("scope", String.join(" ", signedIn.scopes()))
            .put("jti", tokens.secret())
            .put("iat", now.getEpochSecond())
            .put("exp", now.plus(OpenIdTokens.ACCESS_LIFE).getEpochSecond());
    String input =
        IdTokens.part(keys.header().put("typ", "at+jwt"))
            + "."
            + IdTokens.part(faults.changedAccessClaims(claims));
    return input + "." + SigningKeys.encode(keys.sign(input));
  }
}
