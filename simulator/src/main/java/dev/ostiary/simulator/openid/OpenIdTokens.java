package dev.ostiary.simulator.openid;

import dev.ostiary.simulator.token.TokenFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Codes and tokens, each with the sign-in that it descends from. */
final class OpenIdTokens {
  static final Duration CODE_LIFE = Duration.ofMinutes(1);
  static final Duration ACCESS_LIFE = Duration.ofHours(1);

  /**
   * One sign-in.
   *
   * @param id of everything that descends from it
   */
  record SignedIn(
      String id, OpenIdClient client, OpenIdUser user, Set<String> scopes, @Nullable String nonce) {
    SignedIn {
      scopes = Set.copyOf(scopes);
    }
  }

  /** What a code stands for. */
  record Code(
      SignedIn signedIn, String redirectUri, @Nullable String challenge, Instant expiresAt) {}

  /** An access token and when it ends. */
  record Access(SignedIn signedIn, Instant expiresAt) {}

  /** The values of a new pair; there is no refresh token without offline_access. */
  record Pair(String access, @Nullable String refresh) {}

  private final TokenFactory factory = new TokenFactory();
  private final Map<String, Code> codes = new HashMap<>();
  private final Map<String, Access> access = new HashMap<>();
  private final Map<String, SignedIn> refresh = new HashMap<>();

  String secret() {
    return factory.secret();
  }

  synchronized String code(Code code) {
    String value = factory.secret();
    codes.put(value, code);
    return value;
  }

  /** The code, which is good for one attempt. */
  synchronized Optional<Code> redeem(String value, Instant now) {
    return Optional.ofNullable(codes.remove(value)).filter(code -> now.isBefore(code.expiresAt()));
  }

  synchronized Pair issue(SignedIn signedIn, String accessToken, Instant now) {
    access.put(accessToken, new Access(signedIn, now.plus(ACCESS_LIFE)));
    if (!signedIn.scopes().contains("offline_access")) {
      return new Pair(accessToken, null);
    }
    String refreshToken = factory.secret();
    refresh.put(refreshToken, signedIn);
    return new Pair(accessToken, refreshToken);
  }

  /** The sign-in of a refresh token, which is used up by this. */
  synchronized Optional<SignedIn> refresh(OpenIdClient client, String value) {
    SignedIn signedIn = refresh.get(value);
    if (signedIn == null || !signedIn.client().id().equals(client.id())) {
      return Optional.empty();
    }
    refresh.remove(value);
    return Optional.of(signedIn);
  }

  synchronized Optional<SignedIn> find(String accessToken, Instant now) {
    return Optional.ofNullable(access.get(accessToken))
        .filter(found -> now.isBefore(found.expiresAt()))
        .map(Access::signedIn);
  }

  /** Ends a token and everything that descends from the same sign-in (RFC 7009 §2.1). */
  synchronized void revoke(String value) {
    SignedIn signedIn = refresh.get(value);
    Access found = access.get(value);
    if (signedIn == null && found != null) {
      signedIn = found.signedIn();
    }
    if (signedIn != null) {
      String id = signedIn.id();
      refresh.values().removeIf(each -> each.id().equals(id));
      access.values().removeIf(each -> each.signedIn().id().equals(id));
    }
  }

  synchronized void removeAll(String login) {
    refresh.values().removeIf(each -> each.user().login().equals(login));
    access.values().removeIf(each -> each.signedIn().user().login().equals(login));
  }
}
