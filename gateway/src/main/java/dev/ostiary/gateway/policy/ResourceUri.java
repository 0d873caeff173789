package dev.ostiary.gateway.policy;

import dev.ostiary.protocol.Result;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one form in which a resource's URI is accepted, and what it is judged as. A URI in this form
 * (RFC 3986 §6.2.2) means the same to every parser; the parser of web browsers and of Node leaves
 * it as it is (WHATWG URL). Others are refused: a rule would be held against the text, and the
 * server would read something else.
 */
public final class ResourceUri {
  /** Schemes whose URIs parsers change in ways of their own, with their default ports. */
  private static final Map<String, String> SPECIAL =
      Map.of("http", "80", "https", "443", "ws", "80", "wss", "443", "ftp", "21", "file", "");

  private static final Pattern OTHER_CHARACTERS =
      Pattern.compile("[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]|%(?![0-9A-F]{2})");
  private static final Pattern PARTS =
      Pattern.compile("([a-z][a-z0-9+.-]*):(?://([^/?]*))?([^?]*)(\\?.*)?");
  private static final Pattern AUTHORITY = Pattern.compile("([^:@]*)(?::([1-9][0-9]{0,4}))?");
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*");
  private static final Pattern NUMBER_AT_THE_END =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");
  private static final Pattern IP4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
  private static final Pattern EXPRESSION = Pattern.compile("\\{([+#./;?&]?)[^{}]*}");
  private static final Pattern OCTET = Pattern.compile("%([0-9A-F]{2})");
  private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");

  /** Encoded or not, they mean the same to all who decode (RFC 3986 §2.2). */
  private static final String SUB_DELIMS = "!$&'()*+,;=";

  private final String scheme;
  private final String host;
  private final String port;
  private final String path;
  private final String query;

  private ResourceUri(String scheme, String host, String port, String path, String query) {
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.path = path;
    this.query = query;
  }

  /** What rules are held against: the same for all that servers might take for the same. */
  public static Result<String, String> judged(String uri) {
    if (OTHER_CHARACTERS.matcher(uri).find()) {
      return Result.refused(
          "it has characters that no URI has, or percent-encoding in small letters");
    }
    Matcher parts = PARTS.matcher(uri);
    if (!parts.matches()) {
      return Result.refused("it does not begin with a scheme in lower case");
    }
    boolean hierarchical = parts.group(2) != null;
    Matcher authority = AUTHORITY.matcher(hierarchical ? parts.group(2) : "");
    if (!authority.matches()) {
      return Result.refused("it has user information, or a port that is none");
    }
    ResourceUri read =
        new ResourceUri(
            parts.group(1),
            authority.group(1),
            Optional.ofNullable(authority.group(2)).orElse(""),
            parts.group(3),
            Optional.ofNullable(parts.group(4)).orElse(""));
    return read.flaw(hierarchical)
        .<Result<String, String>>map(Result::refused)
        .orElseGet(() -> Result.ok(read.key(hierarchical)));
  }

  /** Whether all that is given of a URI template (RFC 6570) is in this form. */
  static boolean isTemplate(String template) {
    String uri = EXPRESSION.matcher(template).replaceAll(each -> sample(each.group(1)));
    return judged(uri) instanceof Result.Ok<String, String>(String judged) && judged.equals(uri);
  }

  /** What an expression with this operator may become. */
  private static String sample(String operator) {
    return switch (operator) {
      case "/", ".", ";" -> operator + "x";
      case "?", "&" -> operator + "x=x";
      case "#" -> "";
      default -> "x";
    };
  }

  /** Why the pattern fits no URI of this form; empty if it fits one. */
  static Optional<String> patternFlaw(String pattern) {
    Optional<String> flaw = Optional.empty();
    for (String first : PatternSamples.FIRST) {
      for (String other : PatternSamples.OTHERS) {
        String uri = PatternSamples.fill(pattern, first, other);
        Optional<String> why =
            switch (judged(uri)) {
              case Result.Ok<String, String>(String judged) ->
                  judged.equals(uri)
                      ? Optional.empty()
                      : Optional.of("its host is not in lower case, or it encodes needlessly");
              case Result.Refused<String, String>(String reason) -> Optional.of(reason);
            };
        if (why.isEmpty()) {
          return why;
        }
        flaw = flaw.isPresent() ? flaw : why;
      }
    }
    return flaw;
  }

  private Optional<String> flaw(boolean hierarchical) {
    if (!hierarchical && (path.isEmpty() || path.startsWith("/") || SPECIAL.containsKey(scheme))) {
      return Optional.of("it has to begin with SCHEME:// or, without slashes, with SCHEME:");
    }
    if (hierarchical && !hasGoodHost()) {
      return Optional.of("its host or port is not in its one form");
    }
    if (path.contains("//")) {
      return Optional.of("it has an empty segment");
    }
    if (query.equals("?") || (scheme.equals("file") && !query.isEmpty())) {
      return Optional.of("its query is empty, or it is a file with a query");
    }
    if (Paths.leaveTheirBeginning(host + path + query)) {
      return Optional.of("it has a segment of dots, or is encoded too often");
    }
    return encodingFlaw();
  }

  private boolean hasGoodHost() {
    if (!SPECIAL.containsKey(scheme)) {
      return (port.isEmpty() || (!host.isEmpty() && isPort())) && !hasEncoded(host, ":@/?#[]");
    }
    if (scheme.equals("file")) {
      return host.isEmpty() && port.isEmpty() && path.startsWith("/");
    }
    return host.length() < 256 // RFC 1035 §2.3.4
        && DOMAIN.matcher(host).matches()
        && (!NUMBER_AT_THE_END.matcher(host).matches() || IP4.matcher(host).matches())
        && (port.isEmpty() || (isPort() && !port.equals(SPECIAL.get(scheme))))
        && path.startsWith("/");
  }

  private boolean isPort() {
    return Integer.parseInt(port) <= 0xffff;
  }

  private Optional<String> encodingFlaw() {
    String local = host + path;
    String decoded = Paths.decode(local);
    if (decoded == null || decoded.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("it encodes control characters, or what is not UTF-8");
    }
    if (ENCODED.matcher(decoded).find()) {
      return Optional.of("it is encoded twice");
    }
    String alike = Normalizer.normalize(decoded, Normalizer.Form.NFKC);
    if (slashes(alike) != slashes(local)) {
      return Optional.of("it encodes a slash");
    }
    if (hasUnreservedEncoded(local) || hasUnreservedEncoded(query)) {
      return Optional.of("it encodes characters that need no encoding");
    }
    String search = Paths.decode(query);
    if (search == null || search.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("its query encodes control characters, or what is not UTF-8");
    }
    return SPECIAL.containsKey(scheme) && query.indexOf('\'') >= 0
        ? Optional.of("its query has an apostrophe that is not encoded")
        : Optional.empty();
  }

  private static long slashes(String text) {
    return text.chars().filter(c -> c == '/' || c == '\\').count();
  }

  private static boolean hasUnreservedEncoded(String text) {
    return OCTET
        .matcher(text)
        .results()
        .map(octet -> (char) HexFormat.fromHexDigits(octet.group(1)))
        .anyMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0));
  }

  private static boolean hasEncoded(String text, String characters) {
    return OCTET
        .matcher(text)
        .results()
        .anyMatch(octet -> characters.indexOf(HexFormat.fromHexDigits(octet.group(1))) >= 0);
  }

  /** Some parsers take hosts in other letters for the same; so does this. */
  private String key(boolean hierarchical) {
    String authority = lowerCase(host) + (port.isEmpty() ? "" : ":" + port);
    return scheme + (hierarchical ? "://" : ":") + plain(authority + path) + query;
  }

  private static String plain(String local) {
    return OCTET
        .matcher(local)
        .replaceAll(
            octet -> {
              char c = (char) HexFormat.fromHexDigits(octet.group(1));
              boolean same = SUB_DELIMS.indexOf(c) >= 0 || c == ':' || c == '@';
              return Matcher.quoteReplacement(same ? String.valueOf(c) : octet.group());
            });
  }

  private static String lowerCase(String host) {
    StringBuilder lower = new StringBuilder(host);
    for (int i = 0; i < lower.length(); i++) {
      if (lower.charAt(i) == '%') {
        i += 2;
      } else {
        lower.setCharAt(i, Character.toLowerCase(lower.charAt(i)));
      }
    }
    return lower.toString();
  }
}
