package dev.ostiary.gateway.call;

import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Loopback;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls of scripts from other origins. A page that a user visits may not, even if its name
 * has been made to point here (DNS rebinding).
 */
public final class OriginCheck implements CallCheck {
  private final Set<String> allowed;
  private final String authority;
  private final boolean loopback;

  public OriginCheck(Issuer own, Set<String> listed) {
    URI uri = own.uri();
    Set<String> all = new HashSet<>(listed);
    this.authority = uri.getRawAuthority();
    all.add(uri.getScheme() + "://" + authority);
    this.allowed = Set.copyOf(all);
    this.loopback = own.isLoopback();
  }

  @Override
  public void check(CallContext call) {
    if (admits(call.fields().origin(), call.fields().host())) {
      call.pass();
    } else {
      call.refuse(new CallRefusal.ForeignOrigin());
    }
  }

  /** Both fields may be absent. */
  private boolean admits(@Nullable String origin, @Nullable String host) {
    return (origin == null || admitOrigin(origin)) && (host == null || admitHost(host));
  }

  private boolean admitOrigin(String origin) {
    return allowed.contains(origin) || (loopback && isLoopback(origin));
  }

  /** On a public address the proxy in front knows the names; here only this machine's are right. */
  private boolean admitHost(String host) {
    return !loopback || host.equals(authority) || isLoopback("http://" + host);
  }

  private static boolean isLoopback(String url) {
    try {
      URI uri = new URI(url);
      String host = uri.getHost();
      return host != null
          && Loopback.isLoopbackForBrowsers(host)
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getRawPath().isEmpty();
    } catch (URISyntaxException malformed) {
      return false;
    }
  }
}
