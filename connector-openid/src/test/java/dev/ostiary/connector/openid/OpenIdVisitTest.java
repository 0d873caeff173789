package dev.ostiary.connector.openid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.connector.Finding;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the doctor says about a provider, without anybody who signs in. */
final class OpenIdVisitTest {
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private final Acme acme = Acme.usual();

  @Test
  void findsNothingWrong() {
    acme.provider.person(null);

    assertThat(visit(Acme.SETTINGS))
        .noneMatch(Finding.Wrong.class::isInstance)
        .noneMatch(Finding.Unsure.class::isInstance)
        .contains(
            new Finding.Good("The metadata of Acme names the issuer " + Acme.ISSUER + "."),
            new Finding.Good("The provider publishes 1 keys."),
            new Finding.Good("The provider knows PKCE with S256."),
            new Finding.Good("The provider knows the client id with its secret or key."));
  }

  @Test
  void findsAnotherIssuer() {
    acme.faults().metadata(metadata -> metadata.put("issuer", "https://other.example"));

    assertWrong("issuer_mismatch", "https://other.example");
  }

  @Test
  void findsAWrongSecret() {
    assertThat(visit(OpenIdSettings.at("Acme", Acme.ISSUER, "ostiary", new Secret("old"))))
        .anySatisfy(
            finding ->
                assertThat(finding)
                    .isInstanceOfSatisfying(
                        Finding.Wrong.class,
                        wrong -> {
                          assertThat(wrong.what()).contains("invalid_client");
                          assertThat(wrong.remedy()).contains("sign-in.openid.acme.client-secret");
                        }));
  }

  @Test
  void findsARedirectUriThatIsNotRegistered() {
    acme.faults().answer("/authorize", Reply.html(400, "redirect_uri_mismatch"));

    assertWrong("status 400", Acme.CALLBACK.toString());
  }

  @Test
  void findsClocksThatDiffer() {
    acme.faults()
        .answer(
            DISCOVERY, Reply.json(200, metadata()).with("Date", "Sat, 21 Nov 2026 11:55:00 GMT"));

    assertWrong("300 seconds ahead of", "NTP");
  }

  @Test
  void findsAProviderWithoutKeys() {
    acme.faults().publishedKeys(IdTokenDefectsTest.change(keys -> keys.putArray("keys")));

    assertWrong("no key that can be used", "RSA key");
  }

  @Test
  void isUnsureOfAProviderThatIsDown() {
    acme.faults().answer(DISCOVERY, Reply.text(503, "down"));

    assertThat(visit(Acme.SETTINGS))
        .singleElement()
        .isInstanceOfSatisfying(
            Finding.Unsure.class, unsure -> assertThat(unsure.what()).contains("status 503"));
  }

  @Test
  void isUnsureOfAProviderWithoutPkceOrUserInfo() {
    acme.faults()
        .metadata(
            IdTokenDefectsTest.change(
                metadata -> {
                  metadata.putArray("code_challenge_methods_supported").add("plain");
                  metadata.remove("userinfo_endpoint");
                }));

    assertThat(visit(Acme.SETTINGS).stream().filter(Finding.Unsure.class::isInstance)).hasSize(2);
  }

  private String metadata() {
    StringBuilder text = new StringBuilder();
    acme.faults()
        .metadata(
            metadata -> {
              text.append(metadata);
              return metadata;
            });
    acme.signedIn();
    return text.toString();
  }

  private void assertWrong(String what, String remedy) {
    assertThat(visit(Acme.SETTINGS))
        .anySatisfy(
            finding ->
                assertThat(finding)
                    .isInstanceOfSatisfying(
                        Finding.Wrong.class,
                        wrong -> {
                          assertThat(wrong.what()).contains(what);
                          assertThat(wrong.remedy()).contains(remedy);
                        }));
  }

  private List<Finding> visit(OpenIdSettings settings) {
    return settings.examine(Acme.PLACE, List.of(), acme.outbound, () -> acme.now);
  }
}
