package dev.ostiary.authorization.upstream;

import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server where users sign in, and whose tokens may serve our protected resources. Methods that
 * answer with a {@link Result} may block.
 */
public interface Upstream {
  /** The first part of every subject, such as {@code corporate}; never changes. */
  String name();

  /** What people call it. */
  String title();

  /** Where it sends browsers back to, under the path of the issuer; never changes. */
  default String callbackPath() {
    return "/callback/" + name();
  }

  /**
   * The upstream's scopes that are needed to honour these of ours, and to check who may sign in.
   */
  Scopes scopesFor(Scopes scopes);

  /** Where to send the browser. */
  Result<URI, UpstreamRefusal> authorizationUri(UpstreamRequest request);

  /** Trades what the browser brought back for the user's identity, and checks who may sign in. */
  Result<UpstreamIdentity, UpstreamRefusal> complete(UpstreamCallback callback);

  /**
   * Whose access token this is, and whether they may still sign in: {@link
   * UpstreamRefusal.Rejected} if the upstream does not honour the token any more, {@link
   * UpstreamRefusal.NotAllowed} if the user is no longer welcome. Any other refusal means that it
   * could not be found out.
   */
  Result<UpstreamIdentity, UpstreamRefusal> check(UpstreamTokenResponse tokens);

  /** Trades the refresh token for fresh tokens; the old pair is dead then. */
  Result<UpstreamTokenResponse, UpstreamRefusal> refresh(UpstreamTokenResponse tokens);

  /** Tells the upstream that these tokens are not needed any more; trouble is only logged. */
  void revoke(UpstreamTokenResponse tokens);

  /**
   * Tells the upstream that tokens are given up while others of the same user may be in use.
   * Revokes them, unless the upstream would end the others with them.
   */
  default void discard(UpstreamTokenResponse tokens) {
    revoke(tokens);
  }

  /**
   * Where to send a browser to end the session at the upstream (OpenID Connect RP-Initiated Logout
   * 1.0 §2); empty if the upstream has no such place, or it is not known at present. May block.
   *
   * @param idToken of the user who signs out; null if there is none
   * @param returnTo where the upstream sends the browser afterwards; registered there
   */
  default Optional<URI> signOut(@Nullable Secret idToken, URI returnTo) {
    return Optional.empty();
  }
}
