package dev.ostiary.embed;

import dev.ostiary.protocol.GrantId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Carries the news of ended grants from the authorization server to the gateway built after it. */
final class EndedGrants implements Consumer<GrantId> {
  private final List<Consumer<GrantId>> listeners = new CopyOnWriteArrayList<>();

  void tell(Consumer<GrantId> listener) {
    listeners.add(listener);
  }

  @Override
  public void accept(GrantId grant) {
    listeners.forEach(listener -> listener.accept(grant));
  }
}
