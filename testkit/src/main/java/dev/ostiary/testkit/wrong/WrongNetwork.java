package dev.ostiary.testkit.wrong;

import dev.ostiary.http.Exchange;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A network that has the wrong server on it, a client's metadata document, and nothing else. It
 * exists in this process only.
 */
public final class WrongNetwork implements Outbound {
  /** A client id metadata document that the wrong server knows. */
  public static final URI DOCUMENT = URI.create(World.DOCUMENT_URL);

  private static final String HOST = "wrong.example";
  private static final String LOOPBACK = "127.0.0.1:9000";

  private final Set<Fault> faults;
  private final String base;
  private final WrongServer server;

  /** A server on the internet. */
  public static WrongNetwork of(Set<Fault> faults, InstantSource time) {
    boolean plain = faults.contains(Fault.WITHOUT_TLS);
    return new WrongNetwork((plain ? "http://" : "https://") + HOST, faults, time);
  }

  /** A server on loopback, as developers have it. */
  public static WrongNetwork onLoopback(Set<Fault> faults, InstantSource time) {
    return new WrongNetwork("http://" + LOOPBACK, faults, time);
  }

  private WrongNetwork(String base, Set<Fault> faults, InstantSource time) {
    this.faults = Set.copyOf(faults);
    this.base = base;
    this.server = new WrongServer(base, faults, time);
  }

  /** The MCP server to check. */
  public URI server() {
    return URI.create(base + "/mcp");
  }

  /** Another one that trusts the same authorization server. */
  public URI neighbour() {
    return URI.create(base + "/two/mcp");
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request) {
    URI uri = request.uri();
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    String origin = uri.getScheme() + "://" + uri.getRawAuthority();
    boolean plain = origin.equals("http://" + HOST);
    if (origin.equals(base) || (plain && faults.contains(Fault.PLAIN_HTTP_TOO))) {
      server.serve(new Call(received(request), answer));
    } else if (plain) {
      answer.complete(Reply.of(301).with("Location", base + uri.getRawPath()));
    } else if (uri.equals(DOCUMENT)) {
      answer.complete(Reply.json(200, document()));
    } else {
      answer.completeExceptionally(new ConnectException("cannot reach " + origin));
    }
    return answer;
  }

  @Override
  public void close() {}

  private static String document() {
    var json = World.object().put("client_id", World.DOCUMENT_URL).put("client_name", "Sample");
    World.texts(json, "redirect_uris", World.DOCUMENT_REDIRECT);
    return json.toString();
  }

  private Request received(OutboundRequest request) {
    URI uri = request.uri();
    Headers headers =
        request.headers().has("Host")
            ? request.headers()
            : request.headers().with("Host", URI.create(base).getRawAuthority());
    return new Request(
        "call",
        request.method(),
        uri.getRawPath(),
        uri.getRawQuery() == null ? "" : uri.getRawQuery(),
        headers,
        request.body(),
        InetAddress.getLoopbackAddress());
  }

  private record Call(Request request, CompletableFuture<Reply> answer) implements Exchange {
    @Override
    public void reply(Reply reply) {
      answer.complete(reply);
    }

    @Override
    public void onAbort(Runnable action) {}
  }
}
