package dev.ostiary.authorization.client.redirect;

import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The private-use URI schemes that a client may choose by itself for its redirects: a domain name
 * in reverse (RFC 8252 §7.1), or the scheme of a known client. An operating system opens many other
 * schemes with programs of its own, some of which run what the URI says ({@code applescript:},
 * {@code shortcuts:}); no list of those is ever complete.
 */
public final class PrivateUseSchemes {
  /** Schemes without a dot that MCP clients in use have. */
  public static final PrivateUseSchemes DEFAULTS =
      new PrivateUseSchemes(
          Set.of(
              "antigravity",
              "claude",
              "code-oss",
              "cursor",
              "goose",
              "kiro",
              "positron",
              "trae",
              "vscode",
              "vscode-insiders",
              "vscodium",
              "windsurf",
              "windsurf-next",
              "zed"));

  /** A domain name in reverse: what could be a top-level domain, and labels below it. */
  private static final Pattern REVERSE_DOMAIN =
      Pattern.compile("(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+");

  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");

  private final Set<String> known;

  private PrivateUseSchemes(Set<String> known) {
    this.known = known;
  }

  /** These and those of further clients. */
  public PrivateUseSchemes and(Collection<String> more) {
    Set<String> all = new HashSet<>(known);
    all.addAll(more);
    return new PrivateUseSchemes(Set.copyOf(all));
  }

  /** Those without a dot, in order. */
  public SortedSet<String> known() {
    return new TreeSet<>(known);
  }

  /** What is wrong with a scheme that an operator adds: the predicate of a sentence. */
  public static Optional<String> problemOf(String scheme) {
    if (!SCHEME.matcher(scheme).matches()) {
      return Optional.of("must be a URI scheme in lower case, without a colon");
    }
    if (scheme.equals("http") || scheme.equals("https")) {
      return Optional.of("is not a private-use scheme");
    }
    return RedirectRules.isDangerous(scheme)
        ? Optional.of("is a scheme that is not for redirects")
        : Optional.empty();
  }

  /** Checks what a client wants to register. */
  public Result<RedirectUri, RedirectRules.Refusal> check(String text) {
    return RedirectRules.check(text)
        .then(uri -> allows(uri) ? Result.ok(uri) : Result.refused(RedirectRules.Refusal.SCHEME));
  }

  /** A client as it may act today, which perhaps registered when other schemes were allowed. */
  public RegisteredClient inForce(RegisteredClient client) {
    List<RedirectUri> all = client.metadata().redirectUris();
    List<RedirectUri> allowed = all.stream().filter(this::allows).toList();
    return allowed.size() == all.size()
        ? client
        : client.with(client.metadata().withRedirectUris(allowed));
  }

  private boolean allows(RedirectUri uri) {
    String scheme = URI.create(uri.value()).getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "https", "http" -> true;
      default -> known.contains(scheme) || REVERSE_DOMAIN.matcher(scheme).matches();
    };
  }
}
