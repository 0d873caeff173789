package dev.ostiary.gateway.call;

import dev.ostiary.gateway.token.Caller;
import org.jspecify.annotations.Nullable;

/** Who among those who sign in may use a server. */
public interface AllowedUsers {
  /** All of them. */
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

  /** What is known of this user lately; null if it has to be found out. Does not block. */
  @Nullable Verdict known(Caller caller);

  /** Finds out. Blocks. */
  Verdict ask(Caller caller);

  /** Whether a user may come in. */
  enum Verdict {
    ALLOWED,
    NOT_ALLOWED,
    /** It cannot be found out at present. */
    UNKNOWN,
    /** The user has to sign in again before it can be found out. */
    SIGN_IN_AGAIN
  }
}
