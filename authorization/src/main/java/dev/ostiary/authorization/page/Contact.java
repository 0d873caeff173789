package dev.ostiary.authorization.page;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How people reach the operator.
 *
 * @param uri {@code mailto:} or {@code https:}
 */
public record Contact(URI uri) {
  private static final Pattern MAIL = Pattern.compile("[^\\s@:/]+@[^\\s@:/]+");

  public Contact {
    boolean mail = "mailto".equals(uri.getScheme()) && uri.isOpaque();
    boolean web = "https".equals(uri.getScheme()) && uri.getHost() != null;
    if (!mail && !web) {
      throw new IllegalArgumentException("neither a mailto: nor an https: URI: " + uri);
    }
  }

  /** An e-mail address, or a mailto: or https: URI; empty if it is none of them. */
  public static Optional<Contact> parse(String text) {
    try {
      return Optional.of(
          new Contact(URI.create(MAIL.matcher(text).matches() ? "mailto:" + text : text)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** The address as people write it: without the scheme and without what follows it. */
  String shown() {
    String text = uri.getRawSchemeSpecificPart();
    int query = text.indexOf('?');
    return (query < 0 ? text : text.substring(0, query)).replaceFirst("^//", "");
  }
}
