package dev.ostiary.authorization.client.redirect;

import dev.ostiary.protocol.Loopback;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A redirect URI that is proven to belong to the client that asked: the only thing a browser is
 * ever sent on to. It is compared as text with what the client registered. Of a loopback address
 * the port is free, since a program on a desktop takes the one it gets (OAuth 2.1 §2.3.1, §8.4.2),
 * and no path is the same as the root, which is what a browser makes of it.
 */
public final class ValidatedRedirect {
  private static final Pattern HTTP =
      Pattern.compile(
          "http://(?<host>\\[[^\\]/?#]*]|[^\\[\\]:/?#]*)(?::(?<port>[1-9][0-9]{0,4}))?(?<rest>[/?].*)?");
  private static final int HIGHEST_PORT = 65_535;

  private final RedirectUri uri;

  private ValidatedRedirect(RedirectUri uri) {
    this.uri = uri;
  }

  /**
   * The redirect of a request.
   *
   * @param requested null if the request names none, which is enough only for a client with exactly
   *     one
   */
  public static Optional<ValidatedRedirect> match(
      ClientMetadata client, @Nullable String requested) {
    List<RedirectUri> registered = client.redirectUris();
    if (requested == null) {
      return registered.size() == 1
          ? Optional.of(new ValidatedRedirect(registered.getFirst()))
          : Optional.empty();
    }
    RedirectUri uri = new RedirectUri(requested);
    return registered.stream().anyMatch(known -> known.equals(uri) || isSameLoopback(known, uri))
        ? Optional.of(new ValidatedRedirect(uri))
        : Optional.empty();
  }

  /**
   * Whether two URIs are one: as text, but for the path that a browser adds to a loopback address
   * without any.
   */
  public static boolean areSame(RedirectUri one, RedirectUri other) {
    return one.equals(other) || (isSameLoopback(one, other) && port(one).equals(port(other)));
  }

  public RedirectUri uri() {
    return uri;
  }

  /** The URI with these parameters after its own query (RFC 6749 §4.1.2). */
  public String withParameters(Map<String, String> parameters) {
    String own = uri.value();
    String query =
        parameters.entrySet().stream()
            .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
            .collect(Collectors.joining("&"));
    if (query.isEmpty()) {
      return own;
    }
    if (own.indexOf('?') < 0) {
      return own + "?" + query;
    }
    return own.endsWith("?") || own.endsWith("&") ? own + query : own + "&" + query;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValidatedRedirect that && that.uri.equals(uri);
  }

  @Override
  public int hashCode() {
    return uri.hashCode();
  }

  @Override
  public String toString() {
    return uri.value();
  }

  private static boolean isSameLoopback(RedirectUri known, RedirectUri requested) {
    Matcher one = HTTP.matcher(known.value());
    Matcher other = HTTP.matcher(requested.value());
    return one.matches()
        && other.matches()
        && Loopback.isLoopbackForBrowsers(one.group("host"))
        && one.group("host").equals(other.group("host"))
        && rest(one).equals(rest(other))
        && isPort(other.group("port"));
  }

  private static Optional<String> port(RedirectUri uri) {
    Matcher parts = HTTP.matcher(uri.value());
    return parts.matches() ? Optional.ofNullable(parts.group("port")) : Optional.empty();
  }

  private static String rest(Matcher uri) {
    String rest = uri.group("rest");
    if (rest == null) {
      return "/";
    }
    return rest.startsWith("?") ? "/" + rest : rest;
  }

  private static boolean isPort(@Nullable String port) {
    return port == null || Integer.parseInt(port) <= HIGHEST_PORT;
  }

  /** As a form is, but with %20 for a space, which every way of decoding a query understands. */
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
