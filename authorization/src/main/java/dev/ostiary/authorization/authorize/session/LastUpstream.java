package dev.ostiary.authorization.authorize.session;

import dev.ostiary.http.Cookies;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import java.time.Duration;
import java.util.Optional;

/**
 * The upstream that a person has chosen last in this browser, so that the chooser is shown once and
 * not at each sign-in. The cookie proves nothing; a value that is no upstream's name is ignored.
 */
public final class LastUpstream {
  private static final String PURPOSE = "upstream";
  private static final Duration LIFE = Duration.ofDays(180);

  private final CookieRules cookies;

  public LastUpstream(CookieRules cookies) {
    this.cookies = cookies;
  }

  /** The name that the browser brought. */
  public Optional<String> find(Request request) {
    return Cookies.of(request.headers()).only(cookies.name(PURPOSE));
  }

  /** The reply after which the browser remembers this one. */
  public Reply remember(Reply reply, String upstream) {
    return reply.with("Set-Cookie", cookies.setting(PURPOSE, upstream, LIFE).header());
  }
}
