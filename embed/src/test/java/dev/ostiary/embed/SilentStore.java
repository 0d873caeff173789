package dev.ostiary.embed;

import dev.ostiary.authorization.hash.BindingHash;
import dev.ostiary.authorization.hash.SessionHash;
import dev.ostiary.authorization.hash.StateHash;
import dev.ostiary.authorization.store.ApprovalStore;
import dev.ostiary.authorization.store.AssertionStore;
import dev.ostiary.authorization.store.BackendStore;
import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.DataKeyStore;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.KeyStore;
import dev.ostiary.authorization.store.RevocationFeed;
import dev.ostiary.authorization.store.SessionStore;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.authorization.store.SignInStore;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.authorization.store.UpstreamNameStore;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.authorization.store.memory.MemoryStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** A store in memory that can fall silent: about sign-ins and sessions, and when it is pinged. */
final class SilentStore implements Store {
  private final Store store = new MemoryStore();
  private volatile boolean silent;

  void fallSilent() {
    silent = true;
  }

  void speakAgain() {
    silent = false;
  }

  @Override
  public void ping() {
    answer();
  }

  private void answer() {
    if (silent) {
      throw new StoreUnavailable("the store is silent", new IOException("no answer"));
    }
  }

  @Override
  public ClientStore clients() {
    return store.clients();
  }

  @Override
  public SignInStore signIns() {
    return new SignInStore() {
      @Override
      public void add(SignIn signIn) {
        answer();
        store.signIns().add(signIn);
      }

      @Override
      public Optional<SignIn> take(StateHash state, BindingHash binding, Instant now) {
        answer();
        return store.signIns().take(state, binding, now);
      }
    };
  }

  @Override
  public AssertionStore assertions() {
    return store.assertions();
  }

  @Override
  public GrantStore grants() {
    return store.grants();
  }

  @Override
  public UpstreamTokenStore upstreamTokens() {
    return store.upstreamTokens();
  }

  @Override
  public UpstreamNameStore upstreamNames() {
    return store.upstreamNames();
  }

  @Override
  public BackendStore backends() {
    return store.backends();
  }

  @Override
  public ApprovalStore approvals() {
    return store.approvals();
  }

  @Override
  public SessionStore sessions() {
    return new SessionStore() {
      @Override
      public void add(BrowserSession session) {
        answer();
        store.sessions().add(session);
      }

      @Override
      public Optional<BrowserSession> find(SessionHash hash, Instant now) {
        answer();
        return store.sessions().find(hash, now);
      }

      @Override
      public void end(SessionHash hash) {
        answer();
        store.sessions().end(hash);
      }
    };
  }

  @Override
  public DataKeyStore dataKeys() {
    return store.dataKeys();
  }

  @Override
  public KeyStore keys() {
    return store.keys();
  }

  @Override
  public RevocationFeed revocations() {
    return store.revocations();
  }

  @Override
  public Optional<Instant> lastSeen() {
    return store.lastSeen();
  }

  @Override
  public void seen(Instant now) {
    store.seen(now);
  }

  @Override
  public void purge(Instant now) {
    store.purge(now);
  }

  @Override
  public void close() {
    store.close();
  }
}
