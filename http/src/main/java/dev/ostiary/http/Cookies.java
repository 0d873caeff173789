package dev.ostiary.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cookies of one request (RFC 6265 §4.2). A neighbouring host can set a second cookie of the
 * same name ("cookie tossing") and nothing tells the two apart, so a name counts only if it is
 * there once.
 */
public final class Cookies {
  private record Cookie(String name, String value) {}

  private final List<Cookie> cookies;

  private Cookies(List<Cookie> cookies) {
    this.cookies = cookies;
  }

  public static Cookies of(Headers headers) {
    List<Cookie> cookies = new ArrayList<>();
    for (String line : headers.all("Cookie")) {
      for (String pair : line.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals >= 0) {
          cookies.add(
              new Cookie(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip()));
        }
      }
    }
    return new Cookies(List.copyOf(cookies));
  }

  /** The value of the cookie, if exactly one has this name. */
  public Optional<String> only(String name) {
    List<Cookie> found = cookies.stream().filter(cookie -> cookie.name().equals(name)).toList();
    return found.size() == 1 ? Optional.of(found.getFirst().value()) : Optional.empty();
  }

  /** Every name, each once. */
  public List<String> names() {
    return cookies.stream().map(Cookie::name).distinct().toList();
  }

  /** The names only: values are secrets. */
  @Override
  public String toString() {
    return names().toString();
  }
}
