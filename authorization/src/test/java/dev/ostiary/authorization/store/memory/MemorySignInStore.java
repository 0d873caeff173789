package dev.ostiary.authorization.store.memory;

import dev.ostiary.authorization.hash.BindingHash;
import dev.ostiary.authorization.hash.StateHash;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.authorization.store.SignInStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sign-ins under way in a map. */
final class MemorySignInStore implements SignInStore {
  private final Object lock;
  private final Map<StateHash, SignIn> signIns = new HashMap<>();

  MemorySignInStore(Object lock) {
    this.lock = lock;
  }

  @Override
  public void add(SignIn signIn) {
    synchronized (lock) {
      Added.to(signIns, signIn.state(), signIn);
    }
  }

  @Override
  public Optional<SignIn> take(StateHash state, BindingHash binding, Instant now) {
    synchronized (lock) {
      SignIn signIn = signIns.get(state);
      if (signIn == null
          || !signIn.binding().equals(binding)
          || !now.isBefore(signIn.expiresAt())) {
        return Optional.empty();
      }
      signIns.remove(state);
      return Optional.of(signIn);
    }
  }

  void purge(Instant now) {
    synchronized (lock) {
      signIns.values().removeIf(signIn -> !now.isBefore(signIn.expiresAt()));
    }
  }
}
