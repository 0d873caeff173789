package dev.ostiary.connector.openid;

import com.nimbusds.jose.jwk.JWKSet;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamRequest;
import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.connector.Finding;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.CodeVerifier;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a provider about itself, the client and the callback, without anybody signing in. */
final class OpenIdVisit {
  private static final CodeVerifier VERIFIER = new CodeVerifier("doctor-".repeat(7));

  private final OpenIdSettings settings;
  private final URI callback;
  private final ProviderHttp http;
  private final Provider provider;
  private final ProviderTokens tokens;
  private final AuthorizationUri requests;
  private final Refusals refusals;
  private final InstantSource time;
  private final List<Finding> findings = new ArrayList<>();

  OpenIdVisit(
      OpenIdSettings settings,
      ConnectorPlace place,
      Outbound outbound,
      AuthorizationUri requests,
      Refusals refusals,
      InstantSource time) {
    this.settings = settings;
    this.callback = URI.create(OpenIdRules.callback(place));
    this.http = new ProviderHttp(outbound, settings);
    this.requests = requests;
    this.refusals = refusals;
    this.provider = new Provider(settings, http, refusals, time);
    this.tokens =
        new ProviderTokens(http, new ClientAuthentication(settings, time), refusals, time);
    this.time = time;
  }

  List<Finding> run() {
    switch (provider.metadata()) {
      case Result.Ok<ProviderMetadata, UpstreamRefusal>(ProviderMetadata metadata) -> {
        good("The metadata of " + settings.title() + " names the issuer " + metadata.issuer());
        clock();
        keys(metadata);
        abilities(metadata);
        credentials(metadata);
        redirect(metadata);
      }
      case Result.Refused<ProviderMetadata, UpstreamRefusal>(UpstreamRefusal reason) ->
          refused("The metadata of " + settings.title() + " cannot be used", reason);
    }
    return List.copyOf(findings);
  }

  private void good(String what) {
    findings.add(new Finding.Good(what + "."));
  }

  private void refused(String what, UpstreamRefusal reason) {
    findings.add(
        switch (reason) {
          case UpstreamRefusal.Misconfigured(String error, String remedy) ->
              new Finding.Wrong(what + " (" + error + ").", remedy);
          case UpstreamRefusal.Unavailable(String why) ->
              new Finding.Unsure(
                  what + ": " + why + ".",
                  "Compare "
                      + refusals.key(OpenIdKeys.ISSUER)
                      + ", and see whether this machine reaches the provider.");
          case UpstreamRefusal.Denied _,
              UpstreamRefusal.NotAllowed _,
              UpstreamRefusal.UserMustAct _,
              UpstreamRefusal.Rejected _,
              UpstreamRefusal.WrongIssuer _,
              UpstreamRefusal.Limited _ ->
              new Finding.Unsure(what + ": " + reason + ".", "Try again later.");
        });
  }

  /** By the Date of an answer, which has whole seconds. */
  private void clock() {
    try {
      Reply reply = http.get(settings.metadataAddress(), null);
      Optional<Instant> there = reply.headers().first("Date").flatMap(OpenIdVisit::date);
      if (there.isEmpty()) {
        return;
      }
      Duration off = Duration.between(there.get(), time.instant());
      if (off.abs().compareTo(IdTokenClaims.SKEW) > 0) {
        findings.add(
            new Finding.Wrong(
                "The clock of this machine is "
                    + off.abs().toSeconds()
                    + " seconds "
                    + (off.isNegative() ? "behind" : "ahead of")
                    + " the provider's.",
                "Set the clocks by NTP; ID tokens are refused beyond 60 seconds."));
      } else {
        good("The clocks of this machine and of the provider agree within a minute");
      }
    } catch (IOException unreachable) {
      findings.add(
          new Finding.Unsure("The provider's clock could not be asked.", "Try again later."));
    }
  }

  private static Optional<Instant> date(String header) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  private void keys(ProviderMetadata metadata) {
    if (metadata.algorithms().isEmpty()) {
      findings.add(
          new Finding.Wrong(
              "The provider signs ID tokens only in ways that are not accepted.",
              "Set the signing algorithm of ID tokens at the provider to RS256 or ES256."));
    }
    switch (provider.keys()) {
      case Result.Ok<JWKSet, UpstreamRefusal>(JWKSet keys) -> {
        if (keys.isEmpty()) {
          findings.add(
              new Finding.Wrong(
                  "The provider publishes no key that can be used.",
                  "Give it an RSA key of at least 2048 bits, or an EC key."));
        } else {
          good("The provider publishes " + keys.size() + " keys");
        }
      }
      case Result.Refused<JWKSet, UpstreamRefusal>(UpstreamRefusal reason) ->
          refused("The keys of the provider cannot be used", reason);
    }
  }

  private void abilities(ProviderMetadata metadata) {
    if (!metadata.knowsS256()) {
      findings.add(
          new Finding.Unsure(
              "The provider does not list S256 in code_challenge_methods_supported.",
              "Turn PKCE with S256 on at the provider; codes are less protected without it."));
    } else if (metadata.namesChallenges()) {
      good("The provider knows PKCE with S256");
    }
    if (metadata.userInfoEndpoint().isEmpty()) {
      findings.add(
          new Finding.Unsure(
              "The provider has no userinfo endpoint, so nobody can ask it between refreshes"
                  + " whether users may still come in.",
              "Give access tokens of this client a short life at the provider."));
    }
    if (metadata.revocationEndpoint().isEmpty()) {
      findings.add(
          new Finding.Unseen(
              "The provider has no revocation endpoint.",
              "Tokens that are not needed any more expire there by themselves."));
    }
  }

  /**
   * A code that was never issued: a client that is known is told so, another one is not answered.
   */
  private void credentials(ProviderMetadata metadata) {
    switch (tokens.probe(metadata, callback)) {
      case Result.Ok<String, UpstreamRefusal>(String error) when error.equals("invalid_grant") ->
          good("The provider knows the client id with its secret or key");
      case Result.Ok<String, UpstreamRefusal>(String error)
          when error.equals("invalid_client") || error.equals("unauthorized_client") ->
          refused("The provider refuses the client", refusals.token(error, callback));
      case Result.Ok<String, UpstreamRefusal> _ ->
          findings.add(
              new Finding.Unseen(
                  "The provider does not tell whether it knows the client id and its secret.",
                  "Compare them with the client at the provider."));
      case Result.Refused<String, UpstreamRefusal>(UpstreamRefusal reason) ->
          refused("The provider could not be asked about the client", reason);
    }
  }

  /** Many providers refuse a redirect URI that is not registered before anybody signs in. */
  private void redirect(ProviderMetadata metadata) {
    URI request =
        requests.of(
            metadata,
            new UpstreamRequest(
                new Secret("doctor"),
                VERIFIER.challenge(),
                callback,
                requests.scopesFor(Scopes.none()),
                false));
    try {
      Reply reply = http.page(request);
      String location = reply.headers().first("Location").orElse("");
      if (reply.status() >= 400 && reply.status() < 500) {
        findings.add(
            new Finding.Wrong(
                "The provider answers an authorization request with status " + reply.status() + ".",
                "Register exactly the redirect URI " + callback + " for this client there."));
      } else if (location.startsWith(callback + "?") && location.contains("error=")) {
        returned(location);
      } else {
        findings.add(
            new Finding.Unseen(
                "The provider wants somebody to sign in before it tells more about the redirect"
                    + " URI.",
                "Compare it there with " + callback + "."));
      }
    } catch (IOException unreachable) {
      findings.add(
          new Finding.Unsure("The authorization endpoint could not be asked.", "Try again later."));
    }
  }

  private void returned(String location) {
    String error = location.replaceFirst(".*[?&]error=([a-z_]{0,60}).*", "$1");
    good("The provider has the redirect URI " + callback);
    if (!error.equals("login_required") && !error.equals("access_denied")) {
      refused(
          "It answers an authorization request at once", refusals.authorization(error, callback));
    }
  }
}
