package dev.ostiary.simulator.signin;

import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.simulator.http.Origin;
import dev.ostiary.simulator.token.TokenFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is signed in at which browser, by a session cookie. The least recent are forgotten first. */
public final class Browsers {
  private static final int MOST = 1_000;

  /**
   * One browser.
   *
   * @param formToken proves that a form came from one of our pages
   */
  record Browser(String id, String formToken, @Nullable String login) {
    @Override
    public String toString() {
      return login == null ? "nobody" : login;
    }
  }

  private final TokenFactory factory;
  private final Origin origin;
  private final Map<String, Browser> known = new LinkedHashMap<>(16, 0.75f, true);

  public Browsers(TokenFactory factory, Origin origin) {
    this.factory = factory;
    this.origin = origin;
  }

  /** The browser that sent the request; a new one if it is not known. */
  Browser recognize(Request request) {
    return cookie(request).flatMap(this::find).orElseGet(() -> remember(null));
  }

  /** The browser after a sign-in: under a new id, so that a planted cookie gains nothing. */
  synchronized Browser signIn(Browser browser, String login) {
    known.remove(browser.id());
    return remember(login);
  }

  Reply keep(Browser browser, Reply reply) {
    String secure = origin.isSecure() ? "; Secure" : "";
    return reply.with(
        "Set-Cookie",
        origin.cookieName() + "=" + browser.id() + "; Path=/; HttpOnly; SameSite=Lax" + secure);
  }

  private synchronized Optional<Browser> find(String id) {
    return Optional.ofNullable(known.get(id));
  }

  private synchronized Browser remember(@Nullable String login) {
    Browser browser = new Browser(factory.secret(), factory.secret(), login);
    known.put(browser.id(), browser);
    if (known.size() > MOST) {
      known.remove(known.keySet().iterator().next());
    }
    return browser;
  }

  private Optional<String> cookie(Request request) {
    String prefix = origin.cookieName() + "=";
    return request.headers().all("Cookie").stream()
        .flatMap(line -> Arrays.stream(line.split(";", -1)))
        .map(String::strip)
        .filter(pair -> pair.startsWith(prefix))
        .map(pair -> pair.substring(prefix.length()))
        .findFirst();
  }
}
