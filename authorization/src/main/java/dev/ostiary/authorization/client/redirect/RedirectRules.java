package dev.ostiary.authorization.client.redirect;

import dev.ostiary.protocol.Loopback;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may register as a redirect URI of a client: https anywhere, http on this
 * machine, or a scheme of its own (OAuth 2.1 §2.3.1, §8.4; RFC 8252 §7). A client that registers
 * itself has less choice of schemes: see {@link PrivateUseSchemes}. What browsers, frameworks and
 * people read differently is refused, so that what is shown on the consent page is where the code
 * goes.
 */
public final class RedirectRules {
  private static final int LONGEST = 2000;

  /** What RFC 3986 §2 lets stand in a URI, without the fragment's mark and the wildcard. */
  private static final Pattern CHARACTERS =
      Pattern.compile("(?:[A-Za-z0-9._~:/?\\[\\]@!$&'()+,;=-]|%[0-9A-Fa-f]{2})+");

  private static final Pattern ENCODED_TRICK =
      Pattern.compile("(?i)%(?:[01][0-9a-f]|7f|25|2e|2f|5c)");
  private static final Pattern DOT_SEGMENT = Pattern.compile("(?:^|/)\\.{1,2}(?:/|$)");

  /** Schemes that do something else than open the program that registered them. */
  private static final Set<String> DANGEROUS =
      Set.of(
          ("about android-app applescript blob callto chrome chrome-extension chrome-untrusted cid"
               + " content data devtools edge facetime feed file filesystem ftp ftps gopher help"
               + " imap intent intents irc itms itms-apps itms-services jar javascript jnlp ldap"
               + " ldaps livescript mailto mhtml mid mk mocha moz-extension news nfs nntp pop rdp"
               + " res resource rtsp search search-ms sftp shell shortcuts sip sips skype smb sms"
               + " smsto ssh tel telnet urn vbscript view-source vnc webcal ws wss wyciwyg"
               + " x-man-page")
              .split(" "));

  private RedirectRules() {}

  /** Why a redirect URI cannot be registered; the texts are for the client's developer. */
  public enum Refusal {
    TOO_LONG("is longer than " + LONGEST + " characters"),
    FRAGMENT("has a fragment"),
    WILDCARD("has a wildcard; every address is registered as it is"),
    CHARACTER("has a character that a URI cannot have"),
    MALFORMED("is not an absolute URI"),
    USER_INFORMATION("has user information"),
    HOST("has no proper host or port"),
    NOT_SECURE("is http on a host that is not this machine; use https"),
    DANGEROUS_SCHEME("has a scheme that is not for redirects"),
    SCHEME(
        "has a scheme that is neither a domain name in reverse, as com.example.app, nor that of a"
            + " known client; the operator can allow it"),
    NO_SLASH("has no slash after its scheme"),
    DOT_SEGMENT("has a dot segment, or encodes a dot, a slash or a control character in its path");

    private final String text;

    Refusal(String text) {
      this.text = text;
    }

    /** What is wrong with it, to follow its name. */
    public String text() {
      return text;
    }
  }

  /** Checks the redirect URIs of a registration. */
  public static Result<RedirectUri, Refusal> check(String text) {
    @Nullable Refusal refusal = spelling(text);
    if (refusal != null) {
      return Result.refused(refusal);
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException malformed) {
      return Result.refused(Refusal.MALFORMED);
    }
    refusal = uri.getScheme() == null ? Refusal.MALFORMED : parts(uri);
    return refusal == null ? Result.ok(new RedirectUri(text)) : Result.refused(refusal);
  }

  private static @Nullable Refusal spelling(String text) {
    if (text.length() > LONGEST) {
      return Refusal.TOO_LONG;
    }
    if (text.indexOf('#') >= 0) {
      return Refusal.FRAGMENT;
    }
    if (text.indexOf('*') >= 0) {
      return Refusal.WILDCARD;
    }
    return CHARACTERS.matcher(text).matches() ? null : Refusal.CHARACTER;
  }

  private static @Nullable Refusal parts(URI uri) {
    @Nullable Refusal refusal =
        switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
          case "https" -> host(uri);
          case "http" -> loopback(uri);
          case String own -> privateUse(own, uri);
        };
    return refusal == null ? path(uri.getRawPath()) : refusal;
  }

  private static @Nullable Refusal host(URI uri) {
    String authority = uri.getRawAuthority();
    if (authority != null && authority.indexOf('@') >= 0) {
      return Refusal.USER_INFORMATION;
    }
    boolean proper =
        uri.getHost() != null
            && authority != null
            && !authority.endsWith(":")
            && uri.getPort() != 0
            && uri.getPort() <= 65_535;
    return proper ? null : Refusal.HOST;
  }

  private static @Nullable Refusal loopback(URI uri) {
    @Nullable Refusal refusal = host(uri);
    if (refusal != null) {
      return refusal;
    }
    return Loopback.isLoopbackForBrowsers(uri.getHost()) ? null : Refusal.NOT_SECURE;
  }

  /** Whether a scheme, in lower case, does something else. */
  static boolean isDangerous(String scheme) {
    return DANGEROUS.contains(scheme) || scheme.startsWith("ms-");
  }

  private static @Nullable Refusal privateUse(String scheme, URI uri) {
    if (isDangerous(scheme)) {
      return Refusal.DANGEROUS_SCHEME;
    }
    if (uri.isOpaque()) {
      return Refusal.NO_SLASH;
    }
    String authority = uri.getRawAuthority();
    if (authority == null) {
      return null;
    }
    if (authority.indexOf('@') >= 0) {
      return Refusal.USER_INFORMATION;
    }
    return authority.indexOf('%') >= 0 ? Refusal.HOST : null;
  }

  private static @Nullable Refusal path(String path) {
    boolean tricky = ENCODED_TRICK.matcher(path).find() || DOT_SEGMENT.matcher(path).find();
    return tricky ? Refusal.DOT_SEGMENT : null;
  }
}
