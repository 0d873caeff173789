package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ostiary.http.ClientSettings;
import dev.ostiary.http.Headers;
import dev.ostiary.http.OutboundRequest;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate of its own is trusted by those who were told to, and nobody else. */
final class JdkTrustTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;
  private X509Certificate certificate;
  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    KeyStore store = store();
    certificate = (X509Certificate) store.getCertificate("server");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void withItsAuthority() throws Exception {
    try (JdkOutbound outbound = new JdkOutbound(calling(List.of(certificate)))) {
      assertThat(outbound.exchange(get("localhost"), 1).status()).isEqualTo(204);
      assertThatThrownBy(() -> outbound.exchange(get("127.0.0.1"), 1))
          .isInstanceOf(SSLException.class); // another name than the certificate has
    }
  }

  @Test
  void withoutItsAuthority() {
    try (JdkOutbound outbound = new JdkOutbound(calling(List.of()))) {
      assertThatThrownBy(() -> outbound.exchange(get("localhost"), 1))
          .isInstanceOf(SSLException.class);
    }
  }

  private static ClientSettings calling(List<X509Certificate> authorities) {
    return new ClientSettings(authorities, Duration.ofSeconds(10), ClientSettings.USUAL_IDLE);
  }

  private OutboundRequest get(String host) {
    return OutboundRequest.get(
        URI.create("https://" + host + ":" + server.getAddress().getPort() + "/"), Headers.none());
  }

  private KeyStore store() throws Exception {
    Path file = folder.resolve("server.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String options =
        " -genkeypair -alias server -keyalg EC -dname CN=test -ext san=dns:localhost"
            + " -validity 36500 -storetype PKCS12 -storepass "
            + PASSWORD
            + " -keystore ";
    List<String> command = List.of((keytool + options + file).split(" "));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }
}
