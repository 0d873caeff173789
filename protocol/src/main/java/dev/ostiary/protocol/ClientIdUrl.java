package dev.ostiary.protocol;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A client identifier that is the URL of a metadata document
 * (draft-ietf-oauth-client-id-metadata-document §3). It is compared as text: the same place spelled
 * otherwise is another client.
 */
public record ClientIdUrl(ClientId id, URI uri) {
  private static final int LONGEST = 2000;

  /** What RFC 3986 §2 lets stand in a URI. */
  private static final Pattern CHARACTERS =
      Pattern.compile("(?:[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+");

  private static final Pattern DOT_SEGMENT = Pattern.compile("(?i)(?:^|/)(?:\\.|%2e){1,2}(?:/|$)");

  /** Why it is none. */
  public enum Refusal {
    TOO_LONG,
    /** It has a character that a URL cannot have, or is not one. */
    MALFORMED,
    /** Its scheme is not {@code https}, in just these letters. */
    NOT_HTTPS,
    USER_INFORMATION,
    FRAGMENT,
    /** It has no proper host or port. */
    HOST,
    /** It has no path. */
    NO_PATH,
    /** Its path has a dot segment. */
    DOT_SEGMENT
  }

  /** Whether a client identifier is meant as a URL: an https scheme says so. */
  public static boolean isMeantBy(ClientId id) {
    String text = id.value().toLowerCase(Locale.ROOT);
    return text.startsWith("https:") || text.startsWith("http:");
  }

  public static Result<ClientIdUrl, Refusal> parse(ClientId id) {
    String text = id.value();
    if (text.length() > LONGEST) {
      return Result.refused(Refusal.TOO_LONG);
    }
    if (!text.startsWith("https://")) {
      return Result.refused(Refusal.NOT_HTTPS);
    }
    if (!CHARACTERS.matcher(text).matches()) {
      return Result.refused(Refusal.MALFORMED);
    }
    try {
      return check(new ClientIdUrl(id, new URI(text)));
    } catch (URISyntaxException malformed) {
      return Result.refused(Refusal.MALFORMED);
    }
  }

  private static Result<ClientIdUrl, Refusal> check(ClientIdUrl url) {
    URI uri = url.uri();
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    if (authority.indexOf('@') >= 0) {
      return Result.refused(Refusal.USER_INFORMATION);
    }
    if (uri.getRawFragment() != null) {
      return Result.refused(Refusal.FRAGMENT);
    }
    if (uri.getHost() == null
        || authority.endsWith(":")
        || uri.getPort() == 0
        || uri.getPort() > 65_535) {
      return Result.refused(Refusal.HOST);
    }
    if (uri.getRawPath().isEmpty()) {
      return Result.refused(Refusal.NO_PATH);
    }
    return DOT_SEGMENT.matcher(uri.getRawPath()).find()
        ? Result.refused(Refusal.DOT_SEGMENT)
        : Result.ok(url);
  }

  /** Whose word the document is, in lower case. */
  public String host() {
    return uri.getHost().toLowerCase(Locale.ROOT);
  }

  /** Whether it has a query, which it should not have. */
  public boolean hasQuery() {
    return uri.getRawQuery() != null;
  }

  @Override
  public String toString() {
    return id.value();
  }
}
