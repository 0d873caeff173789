package dev.ostiary.http.fetch;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Hosts of URLs that the operator wrote: they may be anywhere in the operator's network. */
final class ConfiguredHosts {
  private static final String HTTP = "http";

  private final Set<String> hosts;
  private final Set<String> plain;

  ConfiguredHosts(List<URI> uris) {
    this.hosts = uris.stream().map(ConfiguredHosts::host).collect(Collectors.toUnmodifiableSet());
    this.plain =
        uris.stream()
            .filter(uri -> HTTP.equalsIgnoreCase(uri.getScheme()))
            .map(URI::getRawAuthority)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a host, in lower case and without brackets, is one of them. */
  boolean has(String host) {
    return hosts.contains(host);
  }

  /** Whether a URL of http has a host and a port that one of them has. */
  boolean allowsPlain(URI uri) {
    String authority = uri.getRawAuthority();
    return authority != null && plain.contains(authority);
  }

  private static String host(URI uri) {
    @Nullable String host = uri.getHost();
    if (host == null) {
      throw new IllegalArgumentException("a configured URL has a host");
    }
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.startsWith("[") ? lower.substring(1, lower.length() - 1) : lower;
  }
}
