package dev.ostiary.checker.signin;

import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.Form;
import dev.ostiary.checker.http.RecordingHttpClient;
import dev.ostiary.http.Headers;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A browser as far as a sign-in needs one: it follows redirects, keeps cookies, sends forms. */
public final class Browser {
  private static final int MOST_STEPS = 20;

  private final RecordingHttpClient http;
  private final String redirectUri;
  private final Map<String, Map<String, String>> cookies = new LinkedHashMap<>();
  private final List<Answer> seen = new ArrayList<>();

  public Browser(RecordingHttpClient http, String redirectUri) {
    this.http = http;
    this.redirectUri = redirectUri;
  }

  /** Every answer so far, in order. */
  public List<Answer> seen() {
    return List.copyOf(seen);
  }

  /** The pages among them: what a person would have seen. */
  public List<Answer> pages() {
    return seen.stream()
        .filter(answer -> !answer.isRedirect() && answer.mediaType().equals("text/html"))
        .toList();
  }

  /** Opens an address and follows redirects up to a page, or to the redirect URI. */
  public Stop open(URI address) throws IOException {
    return follow(send("GET", address, ""), 0);
  }

  /**
   * Presses the button of a page that says yes.
   *
   * @param filled what is typed into the fields that the page has of these names
   */
  public Stop approve(Answer page, Map<String, String> filled) throws IOException {
    PageForm form = PageForm.approving(page);
    if (form == null) {
      throw new IOException("a page without a form to approve at " + place(page.uri()));
    }
    return submit(page, form.fill(filled));
  }

  /** Sends a form of a page. */
  public Stop submit(Answer page, PageForm form) throws IOException {
    URI action = page.uri().resolve(form.action());
    return form.post()
        ? follow(send("POST", action, form.fields().toString()), 0)
        : follow(send("GET", URI.create(form.fields().appendedTo(action.toString())), ""), 0);
  }

  /** Where a browser comes to rest: a page, or the address that belongs to the client. */
  public record Stop(Answer page, @Nullable URI callback) {}

  private Stop follow(Answer answer, int step) throws IOException {
    URI next = answer.location();
    if (next == null) {
      return new Stop(answer, null);
    }
    if (isCallback(next)) {
      return new Stop(answer, next);
    }
    if (step > MOST_STEPS) {
      throw new IOException("redirects without end");
    }
    return follow(send("GET", next, ""), step + 1);
  }

  private boolean isCallback(URI uri) {
    String bare = uri.toString().split("[?#]", 2)[0];
    return bare.equals(redirectUri);
  }

  private Answer send(String method, URI address, String content) throws IOException {
    Headers headers = Headers.of("Accept", "text/html,application/xhtml+xml");
    if (method.equals("POST")) {
      headers =
          headers
              .with("Content-Type", "application/x-www-form-urlencoded")
              .with("Origin", address.getScheme() + "://" + address.getRawAuthority())
              .with("Sec-Fetch-Site", "same-origin");
    }
    String kept = cookies(address);
    Answer answer =
        http.send(
            method,
            address.toString(),
            kept.isEmpty() ? headers : headers.with("Cookie", kept),
            content);
    keep(address, answer);
    seen.add(answer);
    return answer;
  }

  private String cookies(URI address) {
    return cookies.getOrDefault(address.getHost(), Map.of()).entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  private void keep(URI address, Answer answer) {
    var jar = cookies.computeIfAbsent(address.getHost(), _ -> new LinkedHashMap<>());
    for (String line : answer.headers().all("Set-Cookie")) {
      String[] pair = line.split(";", 2)[0].split("=", 2);
      boolean removed = line.matches("(?i).*;\\s*max-age=0\\b.*");
      if (pair.length == 2 && !removed) {
        jar.put(pair[0].strip(), pair[1].strip());
      } else {
        jar.remove(pair[0].strip());
      }
    }
  }

  /** An address without its query, which may hold secrets. */
  static String place(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
  }

  /** The parameters of a callback. */
  public static Map<String, String> parameters(URI callback) {
    return Form.read(callback.getRawQuery());
  }
}
