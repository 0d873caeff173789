package dev.ostiary.server.doctor;

import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.connector.Finding;
import dev.ostiary.embed.ForeignServers;
import dev.ostiary.embed.SharedClients;
import dev.ostiary.embed.config.ConfigRemarks;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.ServerTarget;
import dev.ostiary.embed.config.foreign.ForeignAuthorization;
import dev.ostiary.embed.config.key.MasterKeyPlace;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Outbounds;
import dev.ostiary.http.PlainText;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.metadata.ProtectedResourceMetadata;
import dev.ostiary.server.config.ConfigSource;
import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.server.data.IoErrors;
import dev.ostiary.server.data.MasterKeySource;
import dev.ostiary.server.exit.StartRefused;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at an installation from the inside: configuration, data, whether the public URL leads to
 * this server and what that says of itself, identity providers, and the servers behind. What is
 * left is for the checker.
 */
public final class Doctor {
  private static final int LIMIT = 256 * 1024;

  private final Diagnosis diagnosis;
  private final Path directory;
  private final Outbound outbound;
  private final Outbounds backends;
  private final InstantSource time;

  /**
   * @param directory where relative paths begin
   * @param backends how the servers behind are called
   */
  public Doctor(
      Terminal terminal,
      Path directory,
      Outbound outbound,
      Outbounds backends,
      InstantSource time) {
    this.diagnosis = new Diagnosis(terminal.out(), terminal.colour());
    this.directory = directory;
    this.outbound = outbound;
    this.backends = backends;
    this.time = time;
  }

  /** Where it is told. */
  public record Terminal(PrintStream out, boolean colour) {}

  /** Looks, and answers with the servers to check; nothing if it is no use to go on. */
  public Optional<List<URI>> examine(String name, ConfigSource source) {
    Result<OstiaryConfig, String> read = source.read();
    if (read instanceof Result.Refused<OstiaryConfig, String>(String report)) {
      diagnosis.sick("The configuration is wrong.", report.strip());
      return Optional.empty();
    }
    OstiaryConfig config = ((Result.Ok<OstiaryConfig, String>) read).value();
    diagnosis.well("The configuration is right (" + name + "), for " + config.url().value() + ".");
    source.exposure().ifPresent(remark -> diagnosis.unsure(remark.what(), remark.remedy()));
    ConfigRemarks.of(config).forEach(remark -> diagnosis.unsure(remark.what(), remark.remedy()));
    data(config);
    reachable(config);
    signIn(config);
    foreign(config);
    sharedClients(config);
    new BackendVisit(config, backends, time, diagnosis).run();
    if (diagnosis.isSick()) {
      return Optional.empty();
    }
    return Optional.of(
        config.servers().values().stream()
            .filter(server -> !(server.behind() instanceof ServerTarget.Elsewhere))
            .map(server -> URI.create(config.url().at(server.path())))
            .toList());
  }

  private void signIn(OstiaryConfig config) {
    config
        .signIn()
        .forEach(
            (name, settings) ->
                settings
                    .examine(
                        new ConnectorPlace(name, config.url()), config.lists(name), outbound, time)
                    .forEach(this::found));
  }

  /** As far as it can be examined without an access token. */
  private void foreign(OstiaryConfig config) {
    ForeignServers.examine(config, outbound, time)
        .forEach(
            (name, findings) ->
                findings.forEach(
                    finding -> {
                      String subject =
                          "Server %s: %s of its authorization server"
                              .formatted(name, finding.subject());
                      if (finding.problem() == null) {
                        diagnosis.well(subject + " can be used (" + finding.detail() + ").");
                      } else {
                        diagnosis.sick(
                            subject + " cannot be used: " + PlainText.line(finding.problem()) + ".",
                            "Correct authorization-server, or ask the operator of that server.");
                      }
                    }));
  }

  /** The clients at authorization servers where Ostiary's clients cannot register. */
  private void sharedClients(OstiaryConfig config) {
    SharedClients.of(config)
        .forEach(
            (name, settings) ->
                settings
                    .examine(new ConnectorPlace(name, config.url()), List.of(), outbound, time)
                    .forEach(this::found));
  }

  private void found(Finding finding) {
    switch (finding) {
      case Finding.Good(String what) -> diagnosis.well(what);
      case Finding.Wrong(String what, String remedy) -> diagnosis.sick(what, remedy);
      case Finding.Unsure(String what, String remedy) -> diagnosis.unsure(what, remedy);
      case Finding.Unseen(String what, String remedy) -> diagnosis.unseen(what, remedy);
    }
  }

  private void data(OstiaryConfig config) {
    Path path = directory.resolve(config.program().data()).normalize();
    try {
      DataDirectory data = DataDirectory.existing(path, config.program().store());
      MasterKeyPlace place = config.program().masterKey();
      if (place == null) {
        var _ = data.existingMasterKey();
      } else if (!(place instanceof MasterKeyPlace.Kms)) {
        var _ = MasterKeySource.read(place);
      }
      diagnosis.well(
          place instanceof MasterKeyPlace.Kms(String uri)
              ? "The data directory can be read ("
                  + path
                  + "); the master key is sealed by "
                  + uri
                  + "."
              : "The data directory and the master key can be read (" + path + ").");
      callbacks(data);
    } catch (StartRefused refused) {
      diagnosis.sick(
          String.valueOf(refused.getMessage()),
          "Run the doctor as the user that runs Ostiary, after the first start.");
    }
  }

  /** Some providers report a wrong callback only at a sign-in: that is in the stream. */
  private void callbacks(DataDirectory data) {
    try {
      SignInTrace.read(data.auditStream())
          .lastRefused("redirect_uri_mismatch", time.instant())
          .ifPresent(
              refused ->
                  diagnosis.unsure(
                      "At " + refused.at() + " a sign-in was refused: redirect_uri_mismatch.",
                      refused.remedy()));
    } catch (IOException unreadable) {
      diagnosis.unsure(
          "The audit stream cannot be read: " + IoErrors.of(unreadable) + ".",
          "Run the doctor as the user that runs Ostiary.");
    }
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
      if (config.isAuthorizationServer()) {
        metadata(config, url);
      } else {
        resource(config);
      }
      ready(config);
    } catch (IOException unreachable) {
      diagnosis.sick(
          "The public URL cannot be reached: " + unreachable.getMessage() + ".",
          "Start Ostiary; then look at the name, the certificate and the proxy of " + url + ".");
    }
  }

  private void metadata(OstiaryConfig config, String url) throws IOException {
    String text = text(get(config.url().at("/.well-known/oauth-authorization-server")));
    if (issuer(text).equals(url)) {
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

  /** Where Ostiary is no authorization server, the metadata of its servers says who is. */
  private void resource(OstiaryConfig config) throws IOException {
    ServerEntry server = config.servers().values().iterator().next();
    String issuer = config.foreign(server).map(ForeignAuthorization::issuer).orElse("");
    Resource resource = new Resource(config.url().at(server.path()));
    String text = text(get(ProtectedResourceMetadata.uri(resource)));
    if (authorizationServer(text).equals(issuer)) {
      diagnosis.well(
          "The public URL leads to this server, and its metadata names the authorization server "
              + issuer
              + ".");
      return;
    }
    diagnosis.sick(
        "The metadata at the public URL is not of this configuration.",
        "It has the authorization server '"
            + PlainText.line(authorizationServer(text))
            + "', the configuration says "
            + issuer
            + ": restart Ostiary, or correct url.");
  }

  private static String authorizationServer(String json) {
    try {
      return JsonMapper.shared().readTree(json).path("authorization_servers").path(0).asString("");
    } catch (JacksonException none) {
      return "";
    }
  }

  /** It writes what a refresh would write before it answers. */
  private void ready(OstiaryConfig config) throws IOException {
    Reply ready = get(config.url().at("/ready"));
    String text = text(ready).strip();
    if (ready.status() != 200) {
      diagnosis.sick("The server says: " + text + ".", "Its log says more.");
    } else if (text.equals("ready")) {
      diagnosis.well("The server is ready: its store can be written.");
    } else {
      diagnosis.unsure("The server says: " + text + ".", "Its log says more.");
    }
  }

  private static String issuer(String json) {
    try {
      return JsonMapper.shared().readTree(json).path("issuer").asString("");
    } catch (JacksonException none) {
      return "";
    }
  }

  private Reply get(String address) throws IOException {
    return outbound.exchange(OutboundRequest.get(URI.create(address), Headers.none()), LIMIT);
  }

  private static String text(Reply reply) {
    return ((Body.Whole) reply.body()).utf8();
  }
}
