package dev.ostiary.connector.openid;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.http.fetch.GuardedFetch;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls to a provider: 64 KiB and 10 seconds at most, no redirects. A host that the configuration
 * names may have any address; one that only the provider's metadata names is called by https at
 * public addresses (server-side request forgery).
 */
final class ProviderHttp {
  private static final int LIMIT = 64 * 1024;
  private static final String USER_AGENT = "Ostiary";

  private final Outbound outbound;
  private final GuardedFetch guarded;
  private final Set<String> named;

  ProviderHttp(Outbound outbound, OpenIdSettings settings) {
    this.outbound = outbound;
    this.guarded = GuardedFetch.through(outbound).build();
    this.named =
        Stream.of(settings.address(), settings.metadataAddress())
            .map(ProviderHttp::host)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether an address in the metadata can be used: https, or http on a host of our own choice. */
  boolean isCallable(URI uri) {
    return uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getRawFragment() == null
        && ("https".equals(uri.getScheme())
            || (OpenIdRules.isSafe(uri) && named.contains(host(uri))));
  }

  Reply get(URI uri, @Nullable String authorization) throws IOException {
    Headers headers = Headers.of("Accept", "application/json", "User-Agent", USER_AGENT);
    return send(
        OutboundRequest.get(
            uri, authorization == null ? headers : headers.with("Authorization", authorization)));
  }

  /** Asks as a browser does. */
  Reply page(URI uri) throws IOException {
    return send(
        OutboundRequest.get(uri, Headers.of("Accept", "text/html", "User-Agent", USER_AGENT)));
  }

  Reply post(URI uri, @Nullable String authorization, Map<String, String> form) throws IOException {
    Headers headers =
        Headers.of(
            "Accept", "application/json",
            "Content-Type", "application/x-www-form-urlencoded",
            "User-Agent", USER_AGENT);
    return send(
        OutboundRequest.post(
            uri,
            authorization == null ? headers : headers.with("Authorization", authorization),
            Body.utf8(encode(form))));
  }

  private Reply send(OutboundRequest request) throws IOException {
    return named.contains(host(request.uri()))
        ? outbound.exchange(request, LIMIT)
        : guarded.exchange(request, LIMIT);
  }

  static byte[] content(Reply reply) {
    return ((Body.Whole) reply.body()).bytes();
  }

  private static String host(URI uri) {
    return uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
  }

  static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
