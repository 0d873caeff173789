package dev.ostiary.authorization.authorize.session;

import dev.ostiary.authorization.hash.SessionHash;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.authorization.store.SessionStore;
import dev.ostiary.http.Cookies;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who has signed in with a browser. A session tells a page whom it talks to; it approves nothing
 * and opens nothing.
 */
public final class Sessions {
  private static final String PURPOSE = "session";

  private final SessionStore store;
  private final CookieRules cookies;
  private final Duration life;
  private final SecretSource secrets = new SecretSource();

  private Sessions(SessionStore store, CookieRules cookies, Duration life) {
    this.store = store;
    this.cookies = cookies;
    this.life = life;
  }

  public static Sessions of(SessionStore store, CookieRules cookies, Duration life) {
    return new Sessions(store, cookies, life);
  }

  /** The session of the browser that sent this. */
  public Optional<BrowserSession> find(Request request, Instant now) {
    return cookie(request).flatMap(value -> store.find(SessionHash.of(value), now));
  }

  /** The reply with a session of its own for this user; one that was there before ends. */
  public Reply begin(Reply reply, Request request, Subject subject, String userName, Instant now) {
    cookie(request).ifPresent(value -> store.end(SessionHash.of(value)));
    String value = secrets.next("");
    store.add(new BrowserSession(SessionHash.of(value), subject, userName, now.plus(life)));
    return reply.with("Set-Cookie", cookies.setting(PURPOSE, value, life).header());
  }

  /** The reply after which the browser has no session. */
  public Reply end(Reply reply, Request request) {
    cookie(request).ifPresent(value -> store.end(SessionHash.of(value)));
    return reply.with("Set-Cookie", cookies.removing(PURPOSE).header());
  }

  private Optional<String> cookie(Request request) {
    return Cookies.of(request.headers()).only(cookies.name(PURPOSE));
  }
}
