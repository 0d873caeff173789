package dev.ostiary.connector.openid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProviderMetadataTest {
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private final Acme acme = Acme.usual();

  @Test
  void refusesAnIssuerThatDiffersByASlash() {
    acme.faults().metadata(metadata -> metadata.put("issuer", Acme.ISSUER + "/"));

    assertThat(Acme.refusal(acme.request(false)))
        .isInstanceOfSatisfying(
            UpstreamRefusal.Misconfigured.class,
            refusal -> {
              assertThat(refusal.error()).isEqualTo("issuer_mismatch");
              assertThat(refusal.remedy())
                  .contains("sign-in.openid.acme.issuer is " + Acme.ISSUER + ",")
                  .contains("says " + Acme.ISSUER + "/.");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri"})
  void refusesMetadataWithoutWhatIsNeeded(String member) {
    acme.faults().metadata(IdTokenDefectsTest.without(member));

    assertInvalid(member);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "userinfo_endpoint",
        "revocation_endpoint"
      })
  void refusesEndpointsInTheClear(String member) {
    acme.faults().metadata(metadata -> metadata.put(member, "http://login.acme.example/x"));

    assertInvalid(member);
  }

  @Test
  void doesNotCallPrivateAddressesThatOnlyTheMetadataNames() {
    acme.faults().metadata(metadata -> metadata.put("jwks_uri", "https://10.0.0.7/jwks"));

    assertThat(Acme.refusal(acme.signIn()))
        .isInstanceOfSatisfying(
            UpstreamRefusal.Unavailable.class,
            refusal -> assertThat(refusal.what()).contains("AddressNotPublic"));
  }

  @Test
  void doesWithoutHtmlAndWithoutTooMuch() {
    acme.faults().answer(DISCOVERY, Reply.html(200, "<html>"));
    assertInvalid("not a JSON object");

    acme.pass(CachedDocument.PAUSE);
    acme.faults().answer(DISCOVERY, Reply.json(200, "{\"x\":\"" + "x".repeat(70_000) + "\"}"));
    assertUnavailable("larger than 65536 bytes");
  }

  @Test
  void doesWithoutAnAnswerAndRecovers() {
    acme.faults().answer(DISCOVERY, Reply.text(503, "down"));
    assertUnavailable("status 503");

    acme.faults().recover();
    assertUnavailable("status 503");
    acme.pass(CachedDocument.PAUSE);
    assertThat(acme.request(false)).isInstanceOf(Result.Ok.class);
  }

  @Test
  void doesWithoutAnAnswerInTime() {
    Acme slow =
        new Acme(
            Acme.SETTINGS,
            Acme.CLIENT,
            _ ->
                new Outbound() {
                  @Override
                  public CompletableFuture<Reply> send(OutboundRequest request) {
                    return CompletableFuture.failedFuture(new IOException("no answer in time"));
                  }

                  @Override
                  public void close() {}
                });

    assertThat(Acme.refusal(slow.request(false))).isInstanceOf(UpstreamRefusal.Unavailable.class);
  }

  @Test
  void isReadOnceAnHour() {
    acme.signedIn();
    acme.signedIn();
    assertThat(acme.provider.journal().requests("GET", DISCOVERY)).hasSize(1);
    assertThat(acme.provider.journal().requests("GET", "/jwks")).hasSize(1);

    acme.pass(CachedDocument.FRESH);
    acme.signedIn();
    assertThat(acme.provider.journal().requests("GET", DISCOVERY)).hasSize(2);
  }

  @Test
  void staysGoodForADayWhenItCannotBeReadAgain() {
    acme.signedIn();
    acme.faults().answer(DISCOVERY, Reply.text(503, "down"));
    acme.pass(CachedDocument.STALE.minus(Duration.ofSeconds(1)));
    assertThat(acme.request(false)).isInstanceOf(Result.Ok.class);

    acme.pass(Duration.ofMinutes(1));
    assertUnavailable("status 503");
  }

  @Test
  void takesNewKeysWhenAnIdTokenIsSignedByOne() {
    acme.signedIn();
    acme.faults().rotateKeys();

    assertThat(acme.signedIn().userId()).isEqualTo("user-2501");
  }

  /** RFC 9207 §2.4. */
  @Test
  void missesTheIssuerInACallbackThatShouldHaveIt() {
    acme.faults()
        .metadata(metadata -> metadata.put("authorization_response_iss_parameter_supported", true));
    assertThat(acme.signIn()).isInstanceOf(Result.Ok.class);

    acme.faults().issuer("");
    Parameters answer = acme.visit(acme.authorizationUri());
    assertThat(acme.complete(answer)).isEqualTo(Result.refused(new UpstreamRefusal.WrongIssuer()));
  }

  private void assertInvalid(String word) {
    assertThat(Acme.refusal(acme.request(false)))
        .isInstanceOfSatisfying(
            UpstreamRefusal.Misconfigured.class,
            refusal -> {
              assertThat(refusal.error()).isEqualTo("invalid_metadata");
              assertThat(refusal.remedy()).contains(word);
            });
  }

  private void assertUnavailable(String word) {
    assertThat(Acme.refusal(acme.request(false)))
        .isInstanceOfSatisfying(
            UpstreamRefusal.Unavailable.class,
            refusal -> assertThat(refusal.what()).contains(word));
  }
}
