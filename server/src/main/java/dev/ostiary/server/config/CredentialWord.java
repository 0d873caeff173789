package dev.ostiary.server.config;

import dev.ostiary.embed.config.Credential;
import java.util.Locale;

/** The kinds of credentials as they are written. */
enum CredentialWord {
  NONE,
  IDENTITY_HEADERS,
  SIGNED_IDENTITY,
  UPSTREAM_TOKEN,
  API_KEY;

  static CredentialWord of(Credential credential) {
    return switch (credential) {
      case Credential.None _ -> NONE;
      case Credential.IdentityHeaders _ -> IDENTITY_HEADERS;
      case Credential.SignedIdentity _ -> SIGNED_IDENTITY;
      case Credential.UpstreamToken _ -> UPSTREAM_TOKEN;
      case Credential.ApiKey _ -> API_KEY;
    };
  }

  String written() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
