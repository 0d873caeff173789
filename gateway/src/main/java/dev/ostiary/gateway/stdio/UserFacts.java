package dev.ostiary.gateway.stdio;

import dev.ostiary.gateway.token.Caller;
import java.util.Optional;

/** What is known of users beside their subject. Blocks. */
public interface UserFacts {
  /** Nothing. */
  UserFacts NONE =
      new UserFacts() {
        @Override
        public Optional<String> login(Caller caller) {
          return Optional.empty();
        }

        @Override
        public Optional<String> email(Caller caller) {
          return Optional.empty();
        }
      };

  /** What the upstream called the user at the sign-in. */
  Optional<String> login(Caller caller);

  /** The address, if the upstream says that it has verified it. */
  Optional<String> email(Caller caller);
}
