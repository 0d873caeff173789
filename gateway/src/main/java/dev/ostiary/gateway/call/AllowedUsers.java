package dev.ostiary.gateway.call;

import dev.ostiary.gateway.token.Caller;
import org.jspecify.annotations.Nullable;

/** Which of the users who sign in may use a server. */
public interface AllowedUsers {
  /** Every user. */
  AllowedUsers EVERYONE =
      new AllowedUsers() {
        @Override
        public Verdict known(Caller caller) {
          return Verdict.ALLOWED;
        }

        @Override
        public Verdict ask(Caller caller) {
          return Verdict.ALLOWED;
        }
      };

  /** The cached verdict; null if {@link #ask} has to be called. Does not block. */
  @Nullable Verdict known(Caller caller);

  /** Asks the identity provider. Blocks. */
  Verdict ask(Caller caller);

  /** Whether a user may use the server. */
  enum Verdict {
    ALLOWED,
    NOT_ALLOWED,
    /** It cannot be found out at present. */
    UNKNOWN,
    /** The user has to sign in again before it can be found out. */
    SIGN_IN_AGAIN
  }
}
