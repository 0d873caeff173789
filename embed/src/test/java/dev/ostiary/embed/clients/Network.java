package dev.ostiary.embed.clients;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Service;
import dev.ostiary.testkit.ServiceOutbound;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/** Services of this process, each at a host name of its own. */
final class Network {
  private static final int LIMIT = 1 << 20;

  private final Map<String, Service> hosts;

  Network(Map<String, Service> hosts) {
    this.hosts = Map.copyOf(hosts);
  }

  Reply get(URI uri, Headers headers) throws IOException {
    return send(OutboundRequest.get(uri, headers));
  }

  Reply post(URI uri, Headers headers, String content) throws IOException {
    return send(OutboundRequest.post(uri, headers, Body.utf8(content)));
  }

  static String text(Reply reply) {
    return ((Body.Whole) reply.body()).utf8();
  }

  private Reply send(OutboundRequest request) throws IOException {
    Service service = Objects.requireNonNull(hosts.get(request.uri().getHost()), "no such host");
    try (ServiceOutbound outbound = new ServiceOutbound(service)) {
      return outbound.exchange(request, LIMIT);
    }
  }
}
