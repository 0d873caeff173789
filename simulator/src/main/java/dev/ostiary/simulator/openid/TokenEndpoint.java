package dev.ostiary.simulator.openid;

import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.http.Origin;
import dev.ostiary.simulator.http.Parameters;
import dev.ostiary.simulator.http.Sha256;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /token} and {@code /revoke}. */
final class TokenEndpoint {
  private final OpenIdProviderSettings settings;
  private final Origin origin;
  private final OpenIdTokens tokens;
  private final IdTokens idTokens;
  private final AccessTokens accessTokens;
  private final OpenIdFaults faults;
  private final InstantSource time;

  TokenEndpoint(
      OpenIdProviderSettings settings,
      Origin origin,
      OpenIdTokens tokens,
      IdTokens idTokens,
      AccessTokens accessTokens,
      OpenIdFaults faults,
      InstantSource time) {
    this.settings = settings;
    this.origin = origin;
    this.tokens = tokens;
    this.idTokens = idTokens;
    this.accessTokens = accessTokens;
    this.faults = faults;
    this.time = time;
  }

  Reply exchange(Request request) {
    Optional<Reply> instead = faults.tokenReply();
    if (instead.isPresent()) {
      return instead.get();
    }
    Parameters form = Parameters.form(request);
    Optional<OpenIdClient> client = ClientProof.check(settings, request, form, origin.web(""));
    if (client.isEmpty()) {
      return error(401, "invalid_client");
    }
    return switch (form.value("grant_type")) {
      case "authorization_code" -> redeem(client.get(), form);
      case "refresh_token" -> refresh(client.get(), form);
      default -> error(400, "unsupported_grant_type");
    };
  }

  Reply revoke(Request request) {
    Parameters form = Parameters.form(request);
    if (ClientProof.check(settings, request, form, origin.web("")).isEmpty()) {
      return error(401, "invalid_client");
    }
    tokens.revoke(form.value("token"));
    return Reply.of(200);
  }

  private Reply redeem(OpenIdClient client, Parameters form) {
    Instant now = time.instant();
    Optional<OpenIdTokens.Code> redeemed = tokens.redeem(form.value("code"), now);
    if (redeemed.isEmpty()) {
      return error(400, "invalid_grant");
    }
    OpenIdTokens.Code code = redeemed.get();
    boolean fits =
        code.signedIn().client().id().equals(client.id())
            && code.redirectUri().equals(form.value("redirect_uri"))
            && (code.challenge() == null
                || code.challenge().equals(Sha256.base64Url(form.value("code_verifier"))));
    return fits ? issue(code.signedIn(), now) : error(400, "invalid_grant");
  }

  private Reply refresh(OpenIdClient client, Parameters form) {
    return tokens
        .refresh(client, form.value("refresh_token"))
        .map(signedIn -> issue(signedIn, time.instant()))
        .orElseGet(() -> error(400, "invalid_grant"));
  }

  private Reply issue(OpenIdTokens.SignedIn signedIn, Instant now) {
    OpenIdTokens.Pair pair = tokens.issue(signedIn, accessTokens.make(signedIn, now), now);
    ObjectNode answer =
        Json.object()
            .put("access_token", pair.access())
            .put("token_type", "Bearer")
            .put("expires_in", OpenIdTokens.ACCESS_LIFE.toSeconds())
            .put("scope", String.join(" ", signedIn.scopes()))
            .put("id_token", idTokens.make(origin.web(""), signedIn, pair.access(), now));
    if (pair.refresh() != null) {
      answer.put("refresh_token", pair.refresh());
    }
    return Reply.json(200, Json.write(faults.changedTokenResponse(answer))).noStore();
  }

  private static Reply error(int status, String error) {
    return Reply.json(status, Json.write(Json.object().put("error", error))).noStore();
  }
}
