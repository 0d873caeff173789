package dev.ostiary.simulator.signin;

import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.simulator.http.Parameters;
import dev.ostiary.simulator.http.Sha256;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.AccessToken;
import dev.ostiary.simulator.token.App;
import dev.ostiary.simulator.token.AuthorizationCode;
import dev.ostiary.simulator.token.Ledger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code /login/oauth/access_token}: trades a code or a refresh token for tokens. */
public final class TokenEndpoint {
  private final SimulatorSettings settings;
  private final Ledger ledger;
  private final InstantSource time;

  public TokenEndpoint(SimulatorSettings settings, Ledger ledger, InstantSource time) {
    this.settings = settings;
    this.ledger = ledger;
    this.time = time;
  }

  Reply exchange(Request request) {
    return TokenFormat.wanted(request).write(answer(Parameters.form(request)));
  }

  private Map<String, Object> answer(Parameters form) {
    Optional<App> app = authenticate(form);
    if (app.isEmpty()) {
      return TokenError.INCORRECT_CLIENT_CREDENTIALS.fields();
    }
    return switch (form.find("grant_type").orElse("authorization_code")) {
      case "authorization_code" -> redeem(app.get(), form);
      case "refresh_token" -> refresh(app.get(), form);
      default -> TokenError.UNSUPPORTED_GRANT_TYPE.fields();
    };
  }

  private Optional<App> authenticate(Parameters form) {
    return settings
        .app(form.value("client_id"))
        .filter(app -> equal(app.clientSecret(), form.value("client_secret")));
  }

  private Map<String, Object> redeem(App app, Parameters form) {
    Instant now = time.instant();
    Optional<AuthorizationCode> redeemed = ledger.codes().redeem(app, form.value("code"), now);
    if (redeemed.isEmpty()) {
      return TokenError.BAD_VERIFICATION_CODE.fields();
    }
    AuthorizationCode code = redeemed.get();
    if (!form.find("redirect_uri").orElse(code.redirectUri()).equals(code.redirectUri())) {
      return TokenError.REDIRECT_URI_MISMATCH.fields();
    }
    if (!isProven(code, form.value("code_verifier"))) {
      return TokenError.BAD_VERIFICATION_CODE.fields();
    }
    if (!code.account().hasVerifiedPrimaryEmail()) {
      return TokenError.UNVERIFIED_USER_EMAIL.fields();
    }
    return fields(
        ledger.tokens().issue(app, code.account(), code.scopes(), code.expiring(), now), now);
  }

  private Map<String, Object> refresh(App app, Parameters form) {
    Instant now = time.instant();
    return ledger
        .tokens()
        .refresh(app, form.value("refresh_token"), now)
        .map(token -> fields(token, now))
        .orElseGet(TokenError.BAD_REFRESH_TOKEN::fields);
  }

  private static Map<String, Object> fields(AccessToken token, Instant now) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("access_token", token.value());
    AccessToken.Renewal renewal = token.renewal();
    if (renewal != null) {
      fields.put("expires_in", renewal.expires().getEpochSecond() - now.getEpochSecond());
      fields.put("refresh_token", renewal.refreshToken());
      fields.put(
          "refresh_token_expires_in",
          renewal.refreshExpires().getEpochSecond() - now.getEpochSecond());
    }
    fields.put("scope", token.scopes().joined(","));
    fields.put("token_type", "bearer");
    return fields;
  }

  /** RFC 7636 §4.6; without a challenge there is nothing to prove. */
  private static boolean isProven(AuthorizationCode code, String verifier) {
    return code.codeChallenge() == null || equal(code.codeChallenge(), Sha256.base64Url(verifier));
  }

  public static boolean equal(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
