package dev.ostiary.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.http.ConnectRoute;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a checked server may send the checker. */
final class AddressGuardTest {
  private static final Map<String, String> NAMES =
      Map.of(
          "public.example", "93.184.215.14",
          "elsewhere.example", "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
          "private.example", "10.0.0.7",
          "localhost", "127.0.0.1",
          "metadata.example", "169.254.169.254");

  private final List<String> sent = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "https://public.example/mcp, https://elsewhere.example/token, true",
    "https://public.example/mcp, https://private.example/token, false",
    "https://public.example/mcp, http://localhost:9000/token, false",
    "https://public.example/mcp, http://127.0.0.1/token, false",
    "https://public.example/mcp, http://[::1]:80/token, false",
    "https://public.example/mcp, http://[::ffff:10.0.0.1]/token, false",
    "https://public.example/mcp, http://0.0.0.0/token, false",
    "https://public.example/mcp, http://169.254.169.254/latest/meta-data/, false",
    "https://public.example/mcp, http://metadata.example/, false",
    "https://private.example/mcp, http://10.0.0.8/token, true",
    "https://private.example/mcp, http://localhost/token, false",
    "http://localhost:8080/mcp, http://127.0.0.1:9000/token, true",
    "http://localhost:8080/mcp, https://elsewhere.example/token, true",
    "http://localhost:8080/mcp, http://10.0.0.8/token, false",
    "http://unknown.example/mcp, http://10.0.0.8/token, false",
  })
  void letsAServerNameAddressesOfItsOwnKind(URI target, URI named, boolean allowed)
      throws Exception {
    CompletableFuture<Reply> reply = guard(target).send(OutboundRequest.get(named, Headers.none()));

    if (allowed) {
      assertThat(reply.get().status()).isEqualTo(200);
    } else {
      assertThatThrownBy(reply::get)
          .hasMessageContaining("which this server has no business to name")
          .hasMessageContaining("--allow-private");
      assertThat(sent).isEmpty();
    }
  }

  @Test
  void goesToTheAddressThatItLookedAt() throws Exception {
    AddressGuard guard = guard(URI.create("https://public.example/mcp"));

    guard
        .send(OutboundRequest.get(URI.create("https://elsewhere.example/a?b=c"), Headers.none()))
        .get();
    guard
        .send(OutboundRequest.get(URI.create("http://elsewhere.example:81/a?b=c"), Headers.none()))
        .get();
    guard.send(OutboundRequest.get(URI.create("https://public.example/a"), Headers.none())).get();

    assertThat(sent)
        .containsExactly(
            "https://elsewhere.example/a?b=c at 2606:2800:21f:cb07:6820:80da:af6b:8b2c",
            "http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:81/a?b=c for elsewhere.example:81",
            "https://public.example/a for -");
  }

  @Test
  void goesWhereThePersonSaid() throws Exception {
    URI neighbour = URI.create("http://localhost:9000/mcp");
    AddressGuard guard =
        new AddressGuard(
            new Recording(),
            AddressGuardTest::resolve,
            URI.create("https://public.example/mcp"),
            List.of(neighbour));

    assertThat(guard.send(OutboundRequest.get(neighbour, Headers.none())).get().status())
        .isEqualTo(200);
  }

  private AddressGuard guard(URI target) {
    return new AddressGuard(new Recording(), AddressGuardTest::resolve, target, List.of());
  }

  private static List<InetAddress> resolve(String name) throws UnknownHostException {
    if (name.matches("[0-9.]+|.*:.*")) {
      return List.of(InetAddress.ofLiteral(name));
    }
    String address = NAMES.get(name);
    if (address == null) {
      throw new UnknownHostException(name);
    }
    return List.of(InetAddress.ofLiteral(address));
  }

  private final class Recording implements Outbound {
    @Override
    public CompletableFuture<Reply> send(OutboundRequest request) {
      sent.add(request.uri() + " for " + request.headers().first("Host").orElse("-"));
      return CompletableFuture.completedFuture(Reply.of(200));
    }

    @Override
    public CompletableFuture<Reply> send(OutboundRequest request, ConnectRoute way) {
      String at = ((ConnectRoute.Pinned) way).addresses().getFirst().getHostAddress();
      sent.add(request.uri() + " at " + at);
      return CompletableFuture.completedFuture(Reply.of(200));
    }

    @Override
    public void close() {}
  }
}
