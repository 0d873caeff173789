package dev.ostiary.embed.config;

import dev.ostiary.authorization.client.assertion.AssertionPolicy;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.http.AddressRange;
import dev.ostiary.protocol.Issuer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A configuration while something in it is changed. */
final class ConfigDraft {
  private final Issuer url;
  Listen listen;
  Admin admin;
  Path data;
  Map<String, ServerEntry> servers;
  Tokens tokens;
  Registration registration;
  Map<String, ClientEntry> clients;
  AssertionPolicy clientAssertions;
  MetadataDocuments metadataDocuments;
  Consent consent;
  Limits limits;
  List<AddressRange> trustedProxies;
  List<String> allowedOrigins;
  private final SignInSettings signIn;

  ConfigDraft(OstiaryConfig from) {
    this.url = from.url();
    this.listen = from.listen();
    this.admin = from.admin();
    this.data = from.data();
    this.signIn = from.signIn();
    this.servers = from.servers();
    this.tokens = from.tokens();
    this.registration = from.registration();
    this.clients = from.clients();
    this.clientAssertions = from.clientAssertions();
    this.metadataDocuments = from.metadataDocuments();
    this.consent = from.consent();
    this.limits = from.limits();
    this.trustedProxies = from.trustedProxies();
    this.allowedOrigins = from.allowedOrigins();
  }

  OstiaryConfig done() {
    return new OstiaryConfig(
        url,
        listen,
        admin,
        data,
        signIn,
        servers,
        tokens,
        registration,
        clients,
        clientAssertions,
        metadataDocuments,
        consent,
        limits,
        trustedProxies,
        allowedOrigins);
  }
}
