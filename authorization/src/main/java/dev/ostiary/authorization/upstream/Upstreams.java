package dev.ostiary.authorization.upstream;

import dev.ostiary.protocol.Issuer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The upstreams of this authorization server, by name, and where each sends browsers back to. */
public final class Upstreams {
  private final Issuer issuer;
  private final Map<String, Upstream> byName;

  private Upstreams(Issuer issuer, Map<String, Upstream> byName) {
    this.issuer = issuer;
    this.byName = byName;
  }

  public static Upstreams of(Issuer issuer, List<Upstream> upstreams) {
    return new Upstreams(
        issuer,
        upstreams.stream()
            .collect(Collectors.toUnmodifiableMap(Upstream::name, Function.identity())));
  }

  public List<Upstream> all() {
    return List.copyOf(byName.values());
  }

  /**
   * The upstream of a protected server or of a stored token.
   *
   * @throws IllegalArgumentException if there is none of this name, which the configuration rules
   *     out
   */
  public Upstream named(String name) {
    Upstream upstream = byName.get(name);
    if (upstream == null) {
      throw new IllegalArgumentException("no upstream is named " + name);
    }
    return upstream;
  }

  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /** The path of its callback. */
  public String callbackPath(String name) {
    return issuer.path() + named(name).callbackPath();
  }

  /** The callback as it is registered at the upstream. */
  public URI callbackUri(String name) {
    return URI.create(issuer.at(callbackPath(name).substring(issuer.path().length())));
  }
}
