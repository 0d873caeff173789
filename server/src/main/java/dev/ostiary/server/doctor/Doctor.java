package dev.ostiary.server.doctor;

import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.Outgoing;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Result;
import dev.ostiary.server.StartRefused;
import dev.ostiary.server.config.ConfigSource;
import dev.ostiary.server.data.DataDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at an installation from the inside: configuration, data, credentials, and whether the
 * public URL leads to this server. What is left is for the checker.
 */
public final class Doctor {
  private static final int LIMIT = 256 * 1024;
  private static final Pattern OAUTH_APP = Pattern.compile("Ov23[A-Za-z0-9]{16}|[0-9a-f]{20}");
  private static final Pattern GITHUB_APP = Pattern.compile("Iv(1\\.|23)[A-Za-z0-9]{16}");
  private static final Pattern SECRET = Pattern.compile("[0-9a-f]{40}");

  private final Diagnosis diagnosis;
  private final Path directory;
  private final Outbound outbound;

  /**
   * @param directory where relative paths begin
   */
  public Doctor(PrintStream out, boolean colour, Path directory, Outbound outbound) {
    this.diagnosis = new Diagnosis(out, colour);
    this.directory = directory;
    this.outbound = outbound;
  }

  /** Looks, and answers with the servers to check; nothing if it is no use to go on. */
  public Optional<List<URI>> examine(String name, ConfigSource source) {
    Result<OstiaryConfig, String> read = source.read();
    if (read instanceof Result.Refused<OstiaryConfig, String>(String report)) {
      diagnosis.sick("The configuration is wrong.", report.strip());
      return Optional.empty();
    }
    OstiaryConfig config = ((Result.Ok<OstiaryConfig, String>) read).value();
    diagnosis.well("The configuration is right (" + name + "), for " + config.url().value() + ".");
    data(config);
    credentials(config);
    reachable(config);
    if (diagnosis.isSick()) {
      return Optional.empty();
    }
    return Optional.of(
        config.servers().values().stream()
            .map(server -> URI.create(config.url().at(server.path())))
            .toList());
  }

  private void data(OstiaryConfig config) {
    Path path = directory.resolve(config.data()).normalize();
    try {
      var _ = DataDirectory.existing(path).masterKey();
      diagnosis.well("The data directory and its master key can be read (" + path + ").");
    } catch (StartRefused refused) {
      diagnosis.sick(
          String.valueOf(refused.getMessage()),
          "Run the doctor as the user that runs Ostiary, after the first start.");
    }
  }

  private void credentials(OstiaryConfig config) {
    GitHubSettings github = config.signIn().github();
    String callback = config.url().at("/callback");
    String id = github.clientId();
    boolean known = OAUTH_APP.matcher(id).matches() || GITHUB_APP.matcher(id).matches();
    boolean secret = SECRET.matcher(github.clientSecret().reveal()).matches();
    if (known && secret) {
      diagnosis.well("The credentials look like GitHub's; the callback there is " + callback + ".");
      return;
    }
    diagnosis.unsure(
        (known ? "The client secret" : "The client id") + " does not look like GitHub's.",
        "Copy it again from the app at "
            + github.baseUrl()
            + "; its callback has to be "
            + callback
            + ".");
  }

  private void reachable(OstiaryConfig config) {
    String url = config.url().value();
    try {
      Reply health = get(config.url().at("/health"));
      if (health.status() != 200) {
        diagnosis.sick(
            "The public URL is answered " + health.status() + " at /health.",
            "Something else listens at " + url + ", or a proxy in front does not pass this on.");
        return;
      }
      metadata(config, url);
    } catch (IOException unreachable) {
      diagnosis.sick(
          "The public URL cannot be reached: " + unreachable.getMessage() + ".",
          "Start Ostiary; then look at the name, the certificate and the proxy of " + url + ".");
    }
  }

  private void metadata(OstiaryConfig config, String url) throws IOException {
    Reply reply = get(config.url().at("/.well-known/oauth-authorization-server"));
    String text = ((Body.Whole) reply.body()).utf8();
    if (reply.status() == 200 && issuer(text).equals(url)) {
      diagnosis.well("The public URL leads to this server, and its metadata says the same issuer.");
      return;
    }
    diagnosis.sick(
        "The metadata at the public URL is not of this configuration.",
        "It has the issuer '"
            + issuer(text)
            + "', the configuration says "
            + url
            + ": restart Ostiary, or correct url.");
  }

  private static String issuer(String json) {
    try {
      return JsonMapper.shared().readTree(json).path("issuer").asString("");
    } catch (JacksonException none) {
      return "";
    }
  }

  private Reply get(String address) throws IOException {
    return outbound.exchange(Outgoing.get(URI.create(address), Headers.none()), LIMIT);
  }
}
