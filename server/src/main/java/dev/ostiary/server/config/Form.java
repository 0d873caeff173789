package dev.ostiary.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.authorization.client.document.DomainPattern;
import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.model.Limit;
import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.Connector;
import dev.ostiary.embed.config.Listen;
import dev.ostiary.embed.config.Size;
import dev.ostiary.embed.config.TimeSpan;
import dev.ostiary.gateway.policy.Listed;
import dev.ostiary.http.AddressRange;
import dev.ostiary.http.fetch.FetchProxy;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Secret;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How one kind of value is written.
 *
 * @param kind for the reference page
 * @param parse throws {@link IllegalArgumentException} whose message is the predicate of a sentence
 * @param format the inverse, for the reference page
 * @param remedy a sentence for those who wrote it otherwise
 */
record Form<T>(String kind, Function<String, T> parse, Function<T, String> format, String remedy) {
  static final Form<Issuer> URL =
      new Form<>(
          "URL",
          Issuer::new,
          Issuer::value,
          "Write the address that clients use, such as https://mcp.example.com, or"
              + " http://127.0.0.1:8080 on this machine only.");

  static final Form<Listen> LISTEN =
      new Form<>(
          "host:port",
          Listen::parse,
          Listen::toString,
          "Write it as 127.0.0.1:8080, or 0.0.0.0:8080 for every address of this machine.");

  static final Form<Path> DIRECTORY =
      new Form<>("directory", Form::path, Path::toString, "Write the path of a directory.");

  static final Form<URI> ADDRESS =
      new Form<>("URL", Form::uri, URI::toString, "Write it as https://github.example.com.");

  static final Form<String> TEXT = new Form<>("text", Form::notBlank, text -> text, "Fill it in.");

  static final Form<Secret> SECRET =
      new Form<>(
          "secret",
          text -> new Secret(notBlank(text)),
          Secret::toString,
          "Take it from a variable, \"${NAME}\", or from a file, \"file:/run/secrets/name\".");

  static final Form<List<X509Certificate>> AUTHORITIES =
      new Form<>(
          "certificates",
          Form::certificates,
          all -> all.size() + " certificates",
          "Take them from a file in PEM form, \"file:ca.pem\".");

  static final Form<Integer> SIZE =
      new Form<>("size", Size::parse, Size::format, "Write 512 KiB or 4 MiB.");

  static final Form<Integer> NUMBER =
      new Form<>("number", Form::number, number -> number.toString(), "Write a whole number.");

  static final Form<Allow> EVERYONE =
      new Form<>(
          "`everyone`",
          Form::everyone,
          _ -> "everyone",
          "Write everyone, or below it users: [octocat] or organizations: [acme].");

  static final Form<String> JWK_SET =
      new Form<>(
          "JWK Set",
          Form::notBlank,
          text -> text,
          "Write the JSON in single quotes, or \"file:client-jwks.json\".");

  static final Form<Duration> TIME =
      new Form<>("duration", TimeSpan::parse, TimeSpan::format, "Write 30s, 10m, 12h or 90d.");

  static final Form<Limit> LIMIT =
      new Form<>(
          "rate", Rate::parse, Rate::format, "Write 300 per 1h, 300 per 1h burst 100, or off.");

  static final Form<AddressRange> ADDRESS_RANGE =
      new Form<>(
          "address range",
          Form::addressRange,
          AddressRange::toString,
          "Write an IP address, or a range such as 10.0.0.0/8.");

  static final Form<ClientAuthenticationMethod> AUTHENTICATION_METHOD =
      choice(ClientAuthenticationMethod.values(), ClientAuthenticationMethod::toWire);
  static final Form<DomainPattern> DOMAIN =
      new Form<>(
          "host name",
          DomainPattern::parse,
          DomainPattern::toString,
          "Write client.example.com, or *.example.com for every host below.");

  static final Form<FetchProxy> PROXY =
      new Form<>(
          "URL",
          Form::proxy,
          proxy -> "http://" + proxy.host() + ":" + proxy.port(),
          "Write http://proxy.example.com:3128, without user name, password and path.");

  static final Form<Boolean> SWITCH = choice(new Boolean[] {true, false}, word -> word.toString());
  static final Form<Connector> CONNECTOR = choice(Connector.values(), Form::lowerCase);

  static final Form<Listed> LISTED = choice(Listed.values(), Form::lowerCase);

  static final Form<CredentialWord> CREDENTIAL =
      choice(CredentialWord.values(), CredentialWord::written);

  static final Form<String> POLICY =
      new Form<>("policy", Form::notBlank, text -> text, PolicySource.REMEDY);

  static final Form<SigningAlgorithm> ALGORITHM =
      choice(SigningAlgorithm.values(), SigningAlgorithm::name);

  private static <T> Form<T> choice(T[] values, Function<T, String> word) {
    List<String> words = Arrays.stream(values).map(word).toList();
    String spoken = String.join(" or ", words);
    return new Form<>(
        "`" + String.join("` or `", words) + "`",
        text -> {
          int chosen = words.indexOf(text);
          if (chosen < 0) {
            throw new IllegalArgumentException("must be " + spoken);
          }
          return values[chosen];
        },
        word,
        "Write " + spoken + ", in just these letters.");
  }

  /** Whether a value may stand in a file of its own. */
  boolean readsFiles() {
    return equals(SECRET) || equals(AUTHORITIES) || equals(JWK_SET);
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("must be a whole number");
    }
    return Integer.parseInt(text);
  }

  private static Allow everyone(String text) {
    if (!text.equals("everyone")) {
      throw new IllegalArgumentException("must be everyone, or users and organizations");
    }
    return new Allow.Everyone();
  }

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

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String notBlank(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return text;
  }

  private static AddressRange addressRange(String text) {
    try {
      return AddressRange.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("must be an IP address or a range of them", malformed);
    }
  }

  private static FetchProxy proxy(String text) {
    URI uri = uri(text);
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

  private static Path path(String text) {
    try {
      return Path.of(notBlank(text));
    } catch (InvalidPathException malformed) {
      throw new IllegalArgumentException("must be a path", malformed);
    }
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException("must be a URL", malformed);
    }
  }
}
