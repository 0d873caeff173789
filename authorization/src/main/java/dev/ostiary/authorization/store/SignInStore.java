package dev.ostiary.authorization.store;

import dev.ostiary.authorization.hash.BindingHash;
import dev.ostiary.authorization.hash.StateHash;
import java.time.Instant;
import java.util.Optional;

/** Remembers sign-ins that are under way at an upstream. */
public interface SignInStore {
  void add(SignIn signIn);

  /**
   * Uses up the sign-in of this state, if it belongs to this browser and has not expired. Of any
   * number of concurrent calls, one gets it. A wrong binding uses up nothing.
   */
  Optional<SignIn> take(StateHash state, BindingHash binding, Instant now);
}
