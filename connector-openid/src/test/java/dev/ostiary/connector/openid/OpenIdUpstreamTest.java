package dev.ostiary.connector.openid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.simulator.http.Journal;
import dev.ostiary.simulator.openid.OpenIdClient;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class OpenIdUpstreamTest {
  private final Acme acme = Acme.usual();

  @Nested
  final class Asking {
    @Test
    void asksForIdentityAndOfflineAccessWithANonce() {
      Parameters query = Acme.parameters(acme.authorizationUri().getRawQuery());

      assertThat(query.first("scope")).contains("openid profile email offline_access");
      assertThat(query.first("prompt")).contains("consent");
      assertThat(query.first("nonce").orElseThrow())
          .hasSize(43)
          .isNotEqualTo(Acme.VERIFIER.challenge().value());
      assertThat(query.first("resource")).isEmpty();
    }

    @Test
    void asksForNoOfflineAccessWhereItIsNotKnown() {
      acme.faults()
          .metadata(
              IdTokenDefectsTest.change(
                  metadata -> metadata.putArray("scopes_supported").add("openid")));

      Parameters query = Acme.parameters(acme.authorizationUri().getRawQuery());
      assertThat(query.first("scope")).contains("openid profile email");
      assertThat(query.first("prompt")).isEmpty();
    }

    @Test
    void letsTheUserChooseAnAccountAsFarAsTheProviderCan() {
      assertThat(Acme.parameters(Acme.value(acme.request(true)).getRawQuery()).first("prompt"))
          .contains("login consent");

      Acme other = Acme.usual();
      other
          .faults()
          .metadata(
              IdTokenDefectsTest.change(
                  metadata -> metadata.putArray("prompt_values_supported").add("select_account")));
      assertThat(Acme.parameters(Acme.value(other.request(true)).getRawQuery()).first("prompt"))
          .contains("select_account consent");
    }

    @Test
    void asksAtAnEndpointThatHasAQueryAlready() {
      acme.faults()
          .metadata(
              metadata ->
                  metadata.put("authorization_endpoint", Acme.ISSUER + "/authorize?p=policy"));

      assertThat(acme.authorizationUri().toString()).contains("?p=policy&response_type=code");
    }
  }

  @Nested
  final class Coming {
    @ParameterizedTest
    @CsvSource({
      "login_required, UserMustAct",
      "interaction_required, UserMustAct",
      "consent_required, UserMustAct",
      "access_denied, Denied",
      "temporarily_unavailable, Unavailable",
      "something_new, Unavailable",
      "invalid_scope, Misconfigured",
      "unauthorized_client, Misconfigured",
      "invalid_request, Misconfigured"
    })
    void tellsWhatAnErrorInTheCallbackMeans(String error, String kind) {
      acme.faults().authorizationError(error);

      assertThat(Acme.refusal(acme.signIn()).getClass().getSimpleName()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
      "invalid_client, client-secret",
      "unauthorized_client, client-id",
      "invalid_scope, sign-in.openid.acme.scopes",
      "redirect_uri_mismatch, https://mcp.example.com/callback/acme"
    })
    void namesTheSettingThatATokenErrorIsAbout(String error, String word) {
      acme.faults().nextTokenReply(Reply.json(400, "{\"error\":\"" + error + "\"}"));

      assertThat(Acme.refusal(acme.signIn()))
          .isInstanceOfSatisfying(
              UpstreamRefusal.Misconfigured.class,
              refusal -> {
                assertThat(refusal.error()).isEqualTo(error);
                assertThat(refusal.remedy()).contains(word);
              });
    }

    @Test
    void asksUserInfoForWhatTheIdTokenDoesNotSay() {
      acme.signedIn();
      assertThat(requests("GET", "/userinfo")).isEmpty();

      acme.faults().claims(withoutNames());
      assertThat(acme.signedIn().userName()).isEqualTo("mona");
      assertThat(requests("GET", "/userinfo")).hasSize(1);
    }

    @Test
    void callsUsersByTheirNameAddressOrSubject() {
      acme.faults().claims(IdTokenDefectsTest.without("preferred_username"));
      assertThat(acme.signedIn().userName()).isEqualTo("mona@acme.example");

      acme.faults().claims(withoutNames());
      acme.faults().userInfo(withoutNames());
      assertThat(acme.signedIn().userName()).isEqualTo("user-2501");
    }

    @Test
    void refusesUserInfoAboutAnotherUser() {
      acme.faults().claims(withoutNames());
      acme.faults().userInfo(IdTokenDefectsTest.put("sub", "user-583231"));

      assertThat(Acme.refusal(acme.signIn())).isInstanceOf(UpstreamRefusal.Unavailable.class);
    }

    @Test
    void waitsAsLongAsTheProviderWants() {
      acme.faults().nextTokenReply(Reply.json(429, "{\"error\":\"x\"}").with("Retry-After", "90"));

      assertThat(Acme.refusal(acme.signIn()))
          .isEqualTo(new UpstreamRefusal.Limited(false, acme.now.plusSeconds(90)));
    }
  }

  @Nested
  final class Proving {
    @Test
    void sendsTheSecretInAHeader() {
      acme.signedIn();

      Journal.Received request = requests("POST", "/token").getFirst();
      assertThat(request.headers().first("Authorization")).isPresent();
      assertThat(request.field("client_secret")).isEmpty();
    }

    @Test
    void sendsTheSecretInTheFormWhereTheProviderWantsIt() {
      acme.faults()
          .metadata(
              IdTokenDefectsTest.change(
                  metadata ->
                      metadata
                          .putArray("token_endpoint_auth_methods_supported")
                          .add("client_secret_post")));
      acme.signedIn();

      Journal.Received request = requests("POST", "/token").getFirst();
      assertThat(request.headers().first("Authorization")).isEmpty();
      assertThat(request.field("client_secret")).contains(Acme.SECRET.reveal());
    }

    @Test
    void sendsNoSecretAsAPublicClient() {
      Acme open =
          new Acme(
              OpenIdSettings.at("Acme", Acme.ISSUER, "open", new Secret("")),
              OpenIdClient.open("open", Acme.CALLBACK.toString()),
              UnaryOperator.identity());

      assertThat(open.signedIn().userId()).isEqualTo("user-2501");
    }

    @Test
    void provesItselfByAKey() throws GeneralSecurityException {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      String pem =
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
              + "\n-----END PRIVATE KEY-----\n";
      Acme keyed =
          new Acme(
              keyed(new Secret(pem)),
              OpenIdClient.keyed("ostiary", pair.getPublic(), Acme.CALLBACK.toString()),
              UnaryOperator.identity());

      assertThat(keyed.signedIn().userId()).isEqualTo("user-2501");
    }

    private static OpenIdSettings keyed(Secret key) {
      return new OpenIdSettings(
          ProviderType.NONE,
          Acme.ISSUER,
          "",
          "",
          "ostiary",
          new Secret(""),
          key,
          "Acme",
          List.of(),
          "groups",
          Acme.SETTINGS.allow());
    }
  }

  @Nested
  final class Staying {
    private final UpstreamIdentity mona = acme.signedIn();

    @Test
    void keepsARefreshTokenThatIsNotReplaced() {
      acme.faults()
          .tokenResponse(
              IdTokenDefectsTest.change(
                  answer -> answer.remove(List.of("refresh_token", "id_token"))));

      UpstreamTokenResponse fresh = Acme.value(acme.upstream().refresh(mona.tokens()));
      assertThat(fresh.refreshToken()).isEqualTo(mona.tokens().refreshToken());
      assertThat(fresh.idToken()).isEqualTo(mona.tokens().idToken());
      assertThat(fresh.accessToken()).isNotEqualTo(mona.tokens().accessToken());
    }

    @Test
    void rotatesTheRefreshToken() {
      UpstreamTokenResponse fresh = Acme.value(acme.upstream().refresh(mona.tokens()));

      assertThat(fresh.refreshToken()).isNotEqualTo(mona.tokens().refreshToken());
      assertThat(acme.upstream().refresh(mona.tokens()))
          .isEqualTo(Result.refused(new UpstreamRefusal.Rejected("invalid_grant")));
      assertThat(acme.upstream().refresh(fresh)).isInstanceOf(Result.Ok.class);
    }

    @Test
    void refusesTheRefreshedIdTokenOfAnotherUser() {
      acme.faults().claims(IdTokenDefectsTest.put("sub", "user-583231"));

      assertThat(acme.upstream().refresh(mona.tokens()))
          .isEqualTo(Result.refused(new UpstreamRefusal.Rejected("refreshed_sub_differs")));
    }

    @Test
    void refusesARefreshedIdTokenThatIsNotSigned() {
      acme.faults().signature(_ -> new byte[64]);

      assertThat(Acme.refusal(acme.upstream().refresh(mona.tokens())))
          .isInstanceOf(UpstreamRefusal.Unavailable.class);
    }

    @Test
    void takesARefreshedIdTokenWithoutNonce() {
      acme.faults().claims(IdTokenDefectsTest.without("nonce"));

      assertThat(acme.upstream().refresh(mona.tokens())).isInstanceOf(Result.Ok.class);
    }

    @Test
    void isOverWhenTheSessionIs() {
      acme.faults().endSessions("mona");

      assertThat(acme.upstream().check(mona.tokens()))
          .isEqualTo(Result.refused(new UpstreamRefusal.Rejected("token_refused")));
      assertThat(acme.upstream().refresh(mona.tokens()))
          .isEqualTo(Result.refused(new UpstreamRefusal.Rejected("invalid_grant")));
    }

    @Test
    void endsWithTheAccessTokenWithoutARefreshToken() {
      UpstreamTokenResponse alone =
          new UpstreamTokenResponse(
              mona.tokens().accessToken(), null, null, Scopes.none(), mona.tokens().idToken());
      acme.pass(Duration.ofHours(2));

      assertThat(acme.upstream().check(alone))
          .isEqualTo(Result.refused(new UpstreamRefusal.Rejected("token_refused")));
      assertThat(acme.upstream().refresh(alone))
          .isEqualTo(Result.refused(new UpstreamRefusal.Rejected("no_refresh_token")));
    }

    @Test
    void revokesTheRefreshToken() {
      acme.upstream().revoke(mona.tokens());

      assertThat(requests("POST", "/revoke")).hasSize(1);
      assertThat(acme.upstream().refresh(mona.tokens())).isInstanceOf(Result.Refused.class);
    }

    @Test
    void revokesNothingThatIsOnlyReplaced() {
      acme.upstream().discard(mona.tokens());

      assertThat(requests("POST", "/revoke")).isEmpty();
    }

    @Test
    void signsOutAtTheProvider() {
      URI back = URI.create("https://mcp.example.com/signed-out");
      URI uri = acme.upstream().signOut(mona.tokens().idToken(), back).orElseThrow();

      assertThat(uri.toString()).startsWith(Acme.ISSUER + "/end-session?");
      Parameters query = Acme.parameters(uri.getRawQuery());
      assertThat(query.first("client_id")).contains("ostiary");
      assertThat(query.first("post_logout_redirect_uri")).contains(back.toString());
      assertThat(query.first("id_token_hint")).isPresent();
      assertThat(acme.upstream().signOut(null, back)).isPresent();
    }
  }

  private List<Journal.Received> requests(String method, String path) {
    return acme.provider.journal().requests(method, path);
  }

  private static UnaryOperator<ObjectNode> withoutNames() {
    return IdTokenDefectsTest.change(
        claims -> claims.remove(List.of("preferred_username", "name", "email", "groups")));
  }
}
