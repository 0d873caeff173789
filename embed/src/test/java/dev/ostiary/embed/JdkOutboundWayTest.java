package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ostiary.http.Body;
import dev.ostiary.http.ConnectRoute;
import dev.ostiary.http.Headers;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.TestAuthority;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JdkOutboundWayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @TempDir private Path folder;
  private HttpsServer server;
  private JdkOutbound outbound;

  @BeforeEach
  void start() throws Exception {
    TestAuthority authority = TestAuthority.of(folder, "dns:client.example,ip:127.0.0.1");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(authority.serving()));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write(new byte[] {'o', 'k'});
          exchange.close();
        });
    server.start();
    outbound = new JdkOutbound(authority.trusting());
  }

  @AfterEach
  void stop() {
    outbound.close();
    server.stop(0);
  }

  private OutboundRequest request(String host) {
    int port = server.getAddress().getPort();
    return OutboundRequest.get(URI.create("https://" + host + ":" + port + "/"), Headers.none());
  }

  private int sent(String host, ConnectRoute way) throws Exception {
    Reply reply = outbound.send(request(host), way).get(10, TimeUnit.SECONDS);
    ((Body.Streamed) reply.body()).discard();
    return reply.status();
  }

  private static ConnectRoute pinned(String... addresses) {
    return new ConnectRoute.Pinned(
        Stream.of(addresses).map(InetAddress::ofLiteral).toList(), PATIENCE);
  }

  @Test
  @Requirement("A-71")
  void connectsToThePinnedAddressAndAsksForTheName() throws Exception {
    assertThat(sent("client.example", pinned("127.0.0.9", "127.0.0.1"))).isEqualTo(200);
  }

  @Test
  @Requirement("A-71")
  void refusesACertificateOfAnotherHostAtThePinnedAddress() {
    assertThatThrownBy(() -> sent("other.example", pinned("127.0.0.1")))
        .hasCauseInstanceOf(SSLException.class);
  }

  @Test
  void saysThatNobodyListensAtThePinnedAddress() {
    assertThatThrownBy(() -> sent("client.example", pinned("127.0.0.9")))
        .hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void goesThroughAProxy() throws Exception {
    ConnectRoute.Pinned there = (ConnectRoute.Pinned) pinned("127.0.0.1");
    try (Relay proxy = Relay.open(there, server.getAddress().getPort())) {
      ConnectRoute way =
          new ConnectRoute.Tunnelled(
              proxy.address().getHostString(), proxy.address().getPort(), PATIENCE);

      assertThat(sent("client.example", way)).isEqualTo(200);
    }
  }

  @Test
  void keepsToAWayOverTlsOnly() {
    OutboundRequest plain = OutboundRequest.get(URI.create("http://127.0.0.1/"), Headers.none());

    assertThatThrownBy(() -> outbound.send(plain, pinned("127.0.0.1")).get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("not an https address");
  }
}
