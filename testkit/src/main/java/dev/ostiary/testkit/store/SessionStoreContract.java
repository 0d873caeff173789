package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.hash.SessionHash;
import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.authorization.store.SessionStore;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.testkit.SampleSession;
import org.junit.jupiter.api.Test;

/** What a {@link SessionStore} promises. */
abstract class SessionStoreContract extends Contract {
  private final SessionStore sessions;
  private final BrowserSession session = SampleSession.of("cookie");

  SessionStoreContract(Store store) {
    super(store);
    sessions = store.sessions();
  }

  @Test
  void findsASessionAsItBegan() {
    sessions.add(session);

    assertThat(sessions.find(session.hash(), NOW)).contains(session);
    assertThat(sessions.find(SessionHash.of("another"), NOW)).isEmpty();
  }

  @Test
  void findsItUntilItExpires() {
    sessions.add(session);

    assertThat(sessions.find(session.hash(), session.expiresAt().minus(TICK))).isPresent();
    assertThat(sessions.find(session.hash(), session.expiresAt())).isEmpty();
  }

  @Test
  void endsItAtOnceAndOnlyIt() {
    BrowserSession other = SampleSession.of("other");
    sessions.add(session);
    sessions.add(other);

    sessions.end(session.hash());
    sessions.end(session.hash());

    assertThat(sessions.find(session.hash(), NOW)).isEmpty();
    assertThat(sessions.find(other.hash(), NOW)).contains(other);
  }

  @Test
  void refusesASecondSessionOfTheSameCookie() {
    sessions.add(session);

    assertThatThrownBy(() -> sessions.add(session)).isInstanceOf(IllegalStateException.class);
  }
}
