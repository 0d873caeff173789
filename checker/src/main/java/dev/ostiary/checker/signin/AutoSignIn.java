package dev.ostiary.checker.signin;

import dev.ostiary.checker.http.RecordingHttpClient;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Signs in without a person, for test set-ups: a browser that presses the button that says yes on
 * every page whose address it may approve.
 */
public final class AutoSignIn implements SignIn.Automatic {
  private static final int MOST_PAGES = 8;

  private final String redirectUri;
  private final List<Pattern> approved;
  private final Map<String, String> filled;
  private @Nullable Browser last;

  /**
   * @param approved addresses of pages, with {@code *} for any characters
   * @param filled what is typed into fields, by their names
   */
  public AutoSignIn(String redirectUri, List<String> approved, Map<String, String> filled) {
    this.redirectUri = redirectUri;
    this.filled = Map.copyOf(filled);
    this.approved = approved.stream().map(AutoSignIn::pattern).toList();
  }

  private static Pattern pattern(String text) {
    return Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE);
  }

  @Override
  public String redirectUri() {
    return redirectUri;
  }

  @Override
  public Browser browser(RecordingHttpClient http) {
    return new Browser(http, redirectUri);
  }

  /** The browser of the last sign-in, with all it saw. */
  @Override
  public @Nullable Browser last() {
    return last;
  }

  @Override
  public URI complete(URI authorization, RecordingHttpClient http) throws IOException {
    String asked = Browser.parameters(authorization).getOrDefault("redirect_uri", redirectUri);
    Browser browser = new Browser(http, asked);
    last = browser;
    Browser.Stop stop = browser.open(authorization);
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      if (stop.callback() != null) {
        return stop.callback();
      }
      String place = Browser.place(stop.page().uri());
      if (stop.page().status() >= 400) {
        throw new PageRefused("a page with status " + stop.page().status() + " at " + place);
      }
      if (approved.stream().noneMatch(each -> each.matcher(place).matches())) {
        throw new IOException("a page that --auto does not name: " + place);
      }
      stop = browser.approve(stop.page(), filled);
    }
    throw new IOException("more than " + MOST_PAGES + " pages");
  }
}
