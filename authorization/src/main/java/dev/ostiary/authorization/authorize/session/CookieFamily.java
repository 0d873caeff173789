package dev.ostiary.authorization.authorize.session;

import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.http.Cookies;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.SetCookie;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Cookies of one purpose, one for each thing that is open in a browser, so that several tabs do not
 * take each other's. Each has the time it was set in front of its secret; when there are too many,
 * the oldest goes.
 */
public final class CookieFamily {
  /** How many may be open in one browser. */
  public static final int MOST = 24;

  /** So that an answer that comes too late is not taken for one of another browser. */
  private static final Duration LATE = Duration.ofDays(1);

  private final CookieRules rules;
  private final String purpose;
  private final Duration life;
  private final SecretSource secrets = new SecretSource();

  private CookieFamily(CookieRules rules, String purpose, Duration life) {
    this.rules = rules;
    this.purpose = purpose;
    this.life = life;
  }

  /**
   * The cookies that tie a consent form to the browser it was made for. They outlive it.
   *
   * @param life of the form
   */
  public static CookieFamily csrf(CookieRules rules, Duration life) {
    return new CookieFamily(rules, "csrf-", life.plus(LATE));
  }

  /** The cookies that tie a sign-in at an upstream to the browser it began in. */
  public static CookieFamily binding(CookieRules rules, Duration life) {
    return new CookieFamily(rules, "sign-in-", life);
  }

  /** A value for a new cookie. */
  public String newValue(Instant now) {
    return secrets.next(now.getEpochSecond() + ".");
  }

  /** The value that the browser brought, if it brought exactly one. */
  public Optional<String> find(Request request, String id) {
    return Cookies.of(request.headers()).only(rules.name(purpose + id));
  }

  /** The reply with the cookie, and without the oldest others if there are too many by now. */
  public Reply add(Reply reply, Request request, String id, String value) {
    Reply all = with(reply, rules.setting(purpose + id, value, life));
    Cookies cookies = Cookies.of(request.headers());
    String family = rules.name(purpose);
    List<String> oldestFirst =
        cookies.names().stream()
            .filter(name -> name.startsWith(family) && !name.equals(family + id))
            .sorted(Comparator.comparingLong(name -> setAt(cookies.only(name).orElse(""))))
            .toList();
    for (int i = 0; i <= oldestFirst.size() - MOST; i++) {
      all = with(all, rules.removing(purpose + oldestFirst.get(i).substring(family.length())));
    }
    return all;
  }

  /** The reply that makes the browser forget the cookie. */
  public Reply remove(Reply reply, String id) {
    return with(reply, rules.removing(purpose + id));
  }

  /** The reply that makes the browser forget the cookie after a while. */
  public Reply remove(Reply reply, String id, String value, Duration after) {
    return with(reply, rules.setting(purpose + id, value, after));
  }

  private static Reply with(Reply reply, SetCookie cookie) {
    return reply.with("Set-Cookie", cookie.header());
  }

  /** Seconds since 1970; 0 for what we did not set. */
  private static long setAt(String value) {
    int dot = value.indexOf('.');
    return dot > 0 && dot < 19 && value.chars().limit(dot).allMatch(c -> c >= '0' && c <= '9')
        ? Long.parseLong(value.substring(0, dot))
        : 0;
  }
}
