package dev.ostiary.gateway.credential;

import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The users' own tokens at their upstream. Blocks. */
public interface UserTokens {
  /** The token behind a grant, fresh. */
  Found find(GrantId grant);

  /**
   * The token behind a grant after a backend has refused this one: another, if this one is not the
   * latest or is not honoured by the upstream any more; otherwise the same.
   */
  Found reconsider(GrantId grant, Secret refused);

  /** What came of it. */
  sealed interface Found {}

  /**
   * A token.
   *
   * @param expiresAt null if it does not say
   */
  record Token(Secret value, @Nullable Instant expiresAt) implements Found {}

  /** The user has to sign in again. */
  record SignInAgain() implements Found {}

  /** Not at present. */
  record Unavailable() implements Found {}
}
