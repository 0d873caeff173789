package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.ostiary.http.Reply;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With which keys an assertion may be signed, and what attackers make of a public key. */
final class AssertionKeysTest {
  private static final String ADDRESS = "https://client.example/keys";
  private static final String KEY_UNKNOWN = "client-assertion-key-unknown";
  private static final String SIGNATURE = "client-assertion-signature";
  private static final String ALGORITHM = "client-assertion-algorithm";

  private final SettableTime time = new SettableTime();
  private final AttackedOstiary ostiary = new AttackedOstiary(time, config -> config);

  AssertionKeysTest() throws GeneralSecurityException {}

  @AfterEach
  void close() {
    ostiary.close();
  }

  @ParameterizedTest
  @CsvSource({"ES256,ec", "RS256,rsa", "PS256,rsa", "EdDSA,ed", "Ed25519,ed"})
  void verifiesEveryAlgorithmThatItAdvertises(String algorithm, String keyId) {
    KeyedClient client =
        KeyedClient.with(ostiary, time, SampleKeys.EC, SampleKeys.RSA, SampleKeys.ED25519);
    JWK key = key(keyId);

    KeyedClient.isProven(client.token(signed(client, algorithm, key)));
    String good = signed(client, algorithm, key);
    client.isRefused(
        client.token(good.substring(0, good.lastIndexOf('.') + 1) + Base64URL.encode("signature")),
        SIGNATURE);
  }

  @Test
  void refusesAnAssertionThatIsNotSigned() {
    KeyedClient client = KeyedClient.with(ostiary, time, SampleKeys.EC);
    SampleAssertion none = client.assertion().header("alg", "none").header("kid", null);

    client.isRefused(client.token(none.signedWith("")), "client-assertion-malformed");
    client.isRefused(client.token(client.assertion().signedWith("")), "client-assertion-malformed");
    client.isRefused(client.token(client.assertion().signedWith("AAAA")), SIGNATURE);
    client.isRefused(
        client.token(client.assertion().signedWith(Base64URL.encode(new byte[64]).toString())),
        SIGNATURE);
  }

  @Test
  void refusesAPublicKeyAsASharedSecret() {
    KeyedClient client = KeyedClient.with(ostiary, time, SampleKeys.RSA);
    String pem = SampleKeys.RSA.toPublicJWK().toJSONString();
    JWK secret = new OctetSequenceKey.Builder(pem.getBytes(StandardCharsets.UTF_8)).build();
    SampleAssertion assertion = client.assertion().header("kid", "rsa");

    client.isRefused(client.token(assertion.header("alg", "HS256").signedBy(secret)), ALGORITHM);
    client.isRefused(
        client.token(assertion.header("alg", "RS256").signedBy(secret, "HS256")), SIGNATURE);
  }

  @Test
  void refusesASignatureOfAnotherAlgorithmThanItsKeyIsFor() {
    KeyedClient client = KeyedClient.with(ostiary, time, SampleKeys.EC, SampleKeys.RSA);

    client.isRefused(client.token(signed(client, "ES384", SampleKeys.P384)), ALGORITHM);
    client.isRefused(client.token(signed(client, "RS512", SampleKeys.RSA)), ALGORITHM);
    SampleAssertion confused = client.assertion().header("kid", "rsa");
    client.isRefused(client.token(confused.signedBy(SampleKeys.EC)), KEY_UNKNOWN);
    client.isRefused(
        client.token(confused.header("alg", "PS256").signedBy(SampleKeys.RSA, "RS256")), SIGNATURE);
    client.isRefused(
        client.token(confused.header("alg", "EdDSA").signedBy(SampleKeys.ED25519)), KEY_UNKNOWN);
  }

  @Test
  void refusesAKeyOnAnotherCurveThanTheAlgorithms() {
    KeyedClient client = KeyedClient.with(ostiary, time, SampleKeys.EC, SampleKeys.P384);

    client.isRefused(
        client.token(client.assertion().header("kid", "p384").signedBy(SampleKeys.P384, "ES384")),
        KEY_UNKNOWN);
  }

  @Test
  void keepsToTheAlgorithmThatAKeyOrTheClientIsFor() {
    RSAKey onlyPss = new RSAKey.Builder(SampleKeys.RSA).algorithm(JWSAlgorithm.PS256).build();
    KeyedClient one = KeyedClient.with(ostiary, time, onlyPss);
    KeyedClient other =
        KeyedClient.register(
            ostiary,
            time,
            "\"token_endpoint_auth_signing_alg\":\"PS256\",\"jwks\":"
                + SampleKeys.set(SampleKeys.RSA));

    KeyedClient.isProven(one.token(signed(one, "PS256", SampleKeys.RSA)));
    one.isRefused(one.token(signed(one, "RS256", SampleKeys.RSA)), KEY_UNKNOWN);
    KeyedClient.isProven(other.token(signed(other, "PS256", SampleKeys.RSA)));
    other.isRefused(other.token(signed(other, "RS256", SampleKeys.RSA)), ALGORITHM);
  }

  @Test
  void neverLooksAtAKeyThatTheAssertionBringsOrNames() {
    KeyedClient client = KeyedClient.with(ostiary, time, SampleKeys.EC);
    ostiary.keyHost.publish(ADDRESS, SampleKeys.set(SampleKeys.OTHER_EC));
    Map<String, Object> brought = SampleKeys.OTHER_EC.toPublicJWK().toJSONObject();

    for (var member : Map.of("jwk", brought, "jku", ADDRESS, "x5u", ADDRESS).entrySet()) {
      SampleAssertion assertion = client.assertion().header(member.getKey(), member.getValue());
      client.isRefused(client.token(assertion.signedBy(SampleKeys.OTHER_EC)), SIGNATURE);
    }
    assertThat(ostiary.keyHost.fetches).hasValue(0);
  }

  @Test
  void findsAKeyWithoutAnIdentifierByTrying() {
    ECKey nameless = new ECKey.Builder(SampleKeys.EC).keyID(null).build();
    KeyedClient client = KeyedClient.with(ostiary, time, SampleKeys.OTHER_EC, nameless);

    KeyedClient.isProven(client.token(client.proof()));
    KeyedClient.isProven(
        client.token(client.assertion().header("kid", null).signedBy(SampleKeys.EC)));
    KeyedClient.isProven(
        client.token(client.assertion().header("kid", null).signedBy(SampleKeys.OTHER_EC)));
  }

  @Test
  void fetchesKeysAndKeepsThem() {
    ostiary.keyHost.publish(ADDRESS, SampleKeys.set(SampleKeys.EC));
    KeyedClient client = KeyedClient.at(ostiary, time, ADDRESS);

    KeyedClient.isProven(client.token(client.proof()));
    KeyedClient.isProven(client.token(client.proof()));

    assertThat(ostiary.keyHost.fetches).hasValue(1);
  }

  @Test
  void fetchesNothingForAnAssertionThatCouldNotBeRight() {
    KeyedClient client = KeyedClient.at(ostiary, time, ADDRESS);

    client.isRefused(
        client.token(client.assertion().claim("exp", 1).signedBy(SampleKeys.EC)),
        "client-assertion-expired");

    assertThat(ostiary.keyHost.fetches).hasValue(0);
  }

  @Test
  void followsAClientThatChangesItsKeys() {
    ostiary.keyHost.publish(ADDRESS, SampleKeys.set(SampleKeys.EC));
    KeyedClient client = KeyedClient.at(ostiary, time, ADDRESS);
    KeyedClient.isProven(client.token(client.proof()));

    ostiary.keyHost.publish(ADDRESS, SampleKeys.set(SampleKeys.OTHER_EC));
    time.pass(Duration.ofSeconds(30));

    KeyedClient.isProven(client.token(signed(client, "ES256", SampleKeys.OTHER_EC)));
    client.isRefused(client.token(client.proof()), KEY_UNKNOWN);
  }

  @Test
  void asksAnAddressForUnknownKeysOnceInAWhile() {
    ostiary.keyHost.publish(ADDRESS, SampleKeys.set(SampleKeys.EC));
    KeyedClient client = KeyedClient.at(ostiary, time, ADDRESS);
    KeyedClient.isProven(client.token(client.proof()));
    time.pass(Duration.ofSeconds(30));

    for (int attempt = 0; attempt < 5; attempt++) {
      client.isRefused(client.token(signed(client, "ES256", SampleKeys.OTHER_EC)), KEY_UNKNOWN);
    }
    assertThat(ostiary.keyHost.fetches).hasValue(2);
    KeyedClient.isProven(client.token(client.proof()));
  }

  @Test
  void asksToComeAgainWhileAnAddressDoesNotAnswer() {
    KeyedClient client = KeyedClient.at(ostiary, time, ADDRESS);

    Reply reply = client.token(client.proof());

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers().first("Retry-After")).contains("10");
    assertThat(AttackedOstiary.json(reply).path("error").asString())
        .isEqualTo("temporarily_unavailable");
    assertThat(client.lastRefusal()).isEqualTo("client-keys-unavailable");
    ostiary.keyHost.publish(ADDRESS, SampleKeys.set(SampleKeys.EC));
    time.pass(Duration.ofSeconds(10));
    KeyedClient.isProven(client.token(client.proof()));
  }

  @Test
  void goesOnWithTheLastKeysForAWhileWhenAnAddressFallsSilent() {
    ostiary.keyHost.publish(ADDRESS, SampleKeys.set(SampleKeys.EC));
    KeyedClient client = KeyedClient.at(ostiary, time, ADDRESS);
    KeyedClient.isProven(client.token(client.proof()));
    ostiary.keyHost.fallSilent(ADDRESS);

    time.pass(Duration.ofMinutes(69));
    KeyedClient.isProven(client.token(client.proof()));
    time.pass(Duration.ofMinutes(1));
    assertThat(client.token(client.proof()).status()).isEqualTo(503);
  }

  @Test
  void doesNotTakeAPrivateKeyFromAnAddress() {
    ostiary.keyHost.publish(ADDRESS, "{\"keys\":[" + SampleKeys.EC.toJSONString() + "]}");
    KeyedClient client = KeyedClient.at(ostiary, time, ADDRESS);

    client.isRefused(client.token(client.proof()), "client-assertion-keys-unusable");
  }

  @Test
  void reachesNoAddressOfOurOwnNetwork() {
    for (String inside :
        List.of("https://127.0.0.1/keys", "https://[::1]/keys", "https://10.0.0.1/")) {
      KeyedClient client = KeyedClient.at(ostiary, time, inside);
      client.isRefused(client.token(client.proof()), "client-assertion-keys-unusable");
    }
    assertThat(ostiary.keyHost.fetches).hasValue(0);
  }

  private static JWK key(String id) {
    return switch (id) {
      case "ec" -> SampleKeys.EC;
      case "rsa" -> SampleKeys.RSA;
      default -> SampleKeys.ED25519;
    };
  }

  private static String signed(KeyedClient client, String algorithm, JWK key) {
    return client.assertion().header("alg", algorithm).header("kid", key.getKeyID()).signedBy(key);
  }
}
