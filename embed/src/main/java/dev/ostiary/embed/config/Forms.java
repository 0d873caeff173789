package dev.ostiary.embed.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.authorization.client.document.DomainPattern;
import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.model.Limit;
import dev.ostiary.config.Form;
import dev.ostiary.embed.config.key.MasterKeyPlace;
import dev.ostiary.http.AddressRange;
import dev.ostiary.http.fetch.FetchProxy;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.Issuer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** How the values are written that only Ostiary has. */
final class Forms {
  static final Form<Issuer> URL =
      Form.of(
          "URL",
          Issuer::new,
          Issuer::value,
          "Write the address that clients use, such as https://mcp.example.com, or"
              + " http://127.0.0.1:8080 on this machine only.");

  static final Form<Listen> LISTEN =
      Form.of(
          "host:port",
          Listen::parse,
          Listen::toString,
          "Write it as 127.0.0.1:8080, or 0.0.0.0:8080 for every address of this machine.");

  static final Form<List<X509Certificate>> AUTHORITIES =
      new Form<>(
          "certificates",
          Forms::certificates,
          all -> all.size() + " certificates",
          "Take them from a file in PEM form, \"file:ca.pem\".",
          true);

  static final Form<String> JWK_SET =
      new Form<>(
          "JWK Set",
          Form::notBlank,
          text -> text,
          "Write the JSON in single quotes, or \"file:client-jwks.json\".",
          true);

  static final Form<MasterKeyPlace> MASTER_KEY =
      Form.hiding(
          "master key",
          MasterKeyPlace::parse,
          MasterKeyPlace::format,
          "Write file:/etc/ostiary/master.key, a variable such as \"${OSTIARY_MASTER_KEY}\", or the"
              + " URI of a key, such as aws-kms://arn:aws:kms:eu-west-1:111122223333:key/abcd.",
          MasterKeyPlace::isSecret);

  static final Form<Limit> LIMIT =
      Form.of("rate", Rate::parse, Rate::format, "Write 300 per 1h, 300 per 1h burst 100, or off.");

  static final Form<AddressRange> ADDRESS_RANGE =
      Form.of(
          "address range",
          Forms::addressRange,
          AddressRange::toString,
          "Write an IP address, or a range such as 10.0.0.0/8.");

  static final Form<ClientAuthenticationMethod> AUTHENTICATION_METHOD =
      Form.choice(List.of(ClientAuthenticationMethod.values()), ClientAuthenticationMethod::toWire);

  static final Form<DomainPattern> DOMAIN =
      Form.of(
          "host name",
          DomainPattern::parse,
          DomainPattern::toString,
          "Write client.example.com, or *.example.com for every host below.");

  static final Form<FetchProxy> PROXY =
      Form.of(
          "URL",
          Forms::proxy,
          proxy -> "http://" + proxy.host() + ":" + proxy.port(),
          "Write http://proxy.example.com:3128, without user name, password and path.");

  static final Form<SigningAlgorithm> ALGORITHM =
      Form.choice(List.of(SigningAlgorithm.values()), SigningAlgorithm::name);

  static final Form<String> CONTACT =
      Form.of(
          "e-mail address or URL",
          text -> text,
          text -> text,
          "Write ops@example.com or https://example.com/help.");

  private Forms() {}

  private static List<X509Certificate> certificates(String pem) {
    try {
      List<X509Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes(UTF_8)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!all.isEmpty()) {
        return all;
      }
      throw new IllegalArgumentException("must be certificates in PEM form");
    } catch (CertificateException malformed) {
      throw new IllegalArgumentException("must be certificates in PEM form", malformed);
    }
  }

  private static AddressRange addressRange(String text) {
    try {
      return AddressRange.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("must be an IP address or a range of them", malformed);
    }
  }

  private static FetchProxy proxy(String text) {
    URI uri = Form.uri(text);
    boolean plain =
        "http".equals(uri.getScheme())
            && uri.getHost() != null
            && uri.getPort() > 0
            && uri.getPort() <= 65_535
            && uri.getRawUserInfo() == null
            && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if (!plain) {
      throw new IllegalArgumentException("must be the http address of a proxy, with its port");
    }
    return new FetchProxy(uri.getHost(), uri.getPort());
  }
}
