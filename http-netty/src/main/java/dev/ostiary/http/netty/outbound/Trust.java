package dev.ostiary.http.netty.outbound;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom we believe who they are: TLS with the JDK's authorities, more if told, and the host name.
 */
final class Trust {
  private Trust() {}

  static SslContext context(List<X509Certificate> authorities) throws IOException {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .endpointIdentificationAlgorithm("HTTPS");
      return authorities.isEmpty()
          ? builder.build()
          : builder.trustManager(factory(store(authorities))).build();
    } catch (GeneralSecurityException impossible) {
      throw new IOException("the JDK's authorities cannot be read", impossible);
    }
  }

  private static KeyStore store(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (TrustManager manager : factory(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager known) {
        for (X509Certificate authority : known.getAcceptedIssuers()) {
          store.setCertificateEntry("authority-" + number++, authority);
        }
      }
    }
    for (X509Certificate authority : authorities) {
      store.setCertificateEntry("authority-" + number++, authority);
    }
    return store;
  }

  private static TrustManagerFactory factory(@org.jspecify.annotations.Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
