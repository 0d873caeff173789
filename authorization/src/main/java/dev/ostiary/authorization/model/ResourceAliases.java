package dev.ostiary.authorization.model;

import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which server a {@code resource} value means (RFC 8707 §2). Clients write the same address in
 * several ways, so a closed table has those: as it is, with or without one slash at the end, the
 * scheme and the host in any case, and the bare origin if there is only one server. Whatever they
 * wrote, the audience is the canonical URL.
 */
public final class ResourceAliases {
  private static final Pattern ASCII_UPPER = Pattern.compile("[A-Z]+");

  private final Map<String, ProtectedServer> byName = new HashMap<>();

  public ResourceAliases(Issuer issuer, List<ProtectedServer> servers) {
    for (ProtectedServer server : servers) {
      addBoth(server.resource().value(), server);
    }
    if (servers.size() == 1) {
      addBoth(issuer.value(), servers.getFirst());
    }
  }

  /** The server that a name means. */
  public Optional<ProtectedServer> find(String resource) {
    return Optional.ofNullable(byName.get(lowerSchemeAndHost(resource)));
  }

  /** Whether every name that was sent, if any was, means this resource (RFC 8707 §2.2). */
  public boolean allMean(Resource resource, List<String> names) {
    return names.stream()
        .allMatch(name -> find(name).map(ProtectedServer::resource).equals(Optional.of(resource)));
  }

  /** The scopes that there are at this resource; none if it is not configured any more. */
  public Scopes scopes(Resource resource) {
    return find(resource.value())
        .map(server -> server.scopes().union(server.defaultScopes()))
        .orElse(Scopes.none());
  }

  private void addBoth(String url, ProtectedServer server) {
    String plain = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    byName.putIfAbsent(plain, server);
    byName.putIfAbsent(plain + "/", server);
  }

  private static String lowerSchemeAndHost(String resource) {
    try {
      URI uri = new URI(resource);
      String authority = uri.getRawAuthority();
      if (uri.getScheme() == null || authority == null) {
        return resource;
      }
      int rest = uri.getScheme().length() + "://".length() + authority.length();
      return lowerAscii(resource.substring(0, rest)) + resource.substring(rest);
    } catch (URISyntaxException malformed) {
      return resource;
    }
  }

  /** Only ASCII letters: other scripts have letters whose lower case is one of these. */
  private static String lowerAscii(String text) {
    return ASCII_UPPER.matcher(text).replaceAll(upper -> upper.group().toLowerCase(Locale.ROOT));
  }
}
