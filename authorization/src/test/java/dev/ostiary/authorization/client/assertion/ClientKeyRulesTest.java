package dev.ostiary.authorization.client.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.registration.ClientKeys;
import dev.ostiary.protocol.registration.RegistrationRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientKeyRulesTest {
  private static final ECKey GOOD = ec(Curve.P_256);

  @Test
  void takesAPublicKeyAsItIs() {
    String jwks = set(GOOD.toPublicJWK());

    assertThat(decide(jwks, null, "ES256"))
        .isEqualTo(Result.ok(new ClientKeys(new ClientKeys.Inline(jwks), "ES256")));
  }

  @Test
  void takesAnAddress() {
    String address = "https://client.example:8443/keys?a=b";

    assertThat(decide(null, address, null))
        .isEqualTo(Result.ok(new ClientKeys(new ClientKeys.At(URI.create(address)), null)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://client.example/keys",
        "https:/keys",
        "https://user@client.example/keys",
        "https://client.example/keys#a",
        "https://client.example/a b",
        "file:///etc/passwd",
        "keys",
      })
  void refusesAnotherAddress(String address) {
    assertThat(decide(null, address, null)).isEqualTo(Result.refused(KeyRefusal.BAD_ADDRESS));
  }

  @Test
  void refusesAPrivateKeyWhoseverItIs() throws JOSEException {
    RSAKey rsa = new RSAKeyGenerator(2048).generate();
    for (JWK key : List.of(GOOD, rsa)) {
      assertThat(decide(set(GOOD.toPublicJWK(), key), null, null))
          .isEqualTo(Result.refused(KeyRefusal.PRIVATE));
    }
    assertThat(decide("{\"keys\":[{\"kty\":\"new\",\"d\":\"AA\"}]}", null, null))
        .isEqualTo(Result.refused(KeyRefusal.PRIVATE));
  }

  @Test
  void refusesASymmetricKey() throws JOSEException {
    OctetSequenceKey key = new OctetSequenceKeyGenerator(256).generate();

    assertThat(decide(set(GOOD.toPublicJWK(), key), null, null))
        .isEqualTo(Result.refused(KeyRefusal.SYMMETRIC));
  }

  @Test
  void refusesASetWithoutAKeyThatItCouldUse() throws JOSEException {
    RSAKey weak = new RSAKeyGenerator(1024, true).generate().toPublicJWK();
    ECKey otherCurve = ec(Curve.P_384).toPublicJWK();
    ECKey forEncryption = new ECKey.Builder(GOOD.toPublicJWK()).keyUse(KeyUse.ENCRYPTION).build();
    ECKey onlySigns = new ECKey.Builder(GOOD.toPublicJWK()).keyOperations(Set.of()).build();
    ECKey forOther = new ECKey.Builder(GOOD.toPublicJWK()).algorithm(JWSAlgorithm.ES384).build();
    for (JWK key : List.of(weak, otherCurve, forEncryption, onlySigns, forOther)) {
      assertThat(decide(set(key), null, null))
          .as(key.toJSONString())
          .isEqualTo(Result.refused(KeyRefusal.NO_USABLE_KEY));
      assertThat(decide(set(key, GOOD.toPublicJWK()), null, null)).isInstanceOf(Result.Ok.class);
    }
    assertThat(decide("{\"keys\":[]}", null, null))
        .isEqualTo(Result.refused(KeyRefusal.NO_USABLE_KEY));
  }

  @Test
  void refusesAnRsaExponentThatWouldTakeAllOurTime() throws JOSEException {
    RSAKey key = new RSAKeyGenerator(2048).generate();
    Map<String, Object> slow = key.toPublicJWK().toJSONObject();
    slow.put("e", key.getModulus().toString());

    String jwks = "{\"keys\":[" + JSONObjectUtils.toJSONString(slow) + "]}";
    assertThat(decide(jwks, null, null)).isEqualTo(Result.refused(KeyRefusal.NO_USABLE_KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "", "{\"keys\":{}}", "{\"keys\":[1]}", "{\"keys\":null}"})
  void refusesWhatIsNoSet(String jwks) {
    assertThat(decide(jwks, null, null)).isEqualTo(Result.refused(KeyRefusal.NOT_A_SET));
  }

  @Test
  void refusesAnEndlessSet() {
    JWK[] keys = IntStream.range(0, 51).mapToObj(_ -> GOOD.toPublicJWK()).toArray(JWK[]::new);

    assertThat(decide(set(keys), null, null)).isEqualTo(Result.refused(KeyRefusal.NOT_A_SET));
  }

  @Test
  void refusesNoKeysTwoSourcesAndAnUnknownAlgorithm() {
    String jwks = set(GOOD.toPublicJWK());

    assertThat(decide(null, null, null)).isEqualTo(Result.refused(KeyRefusal.NO_KEYS));
    assertThat(decide(jwks, "https://client.example/keys", null))
        .isEqualTo(Result.refused(KeyRefusal.TWO_SOURCES));
    for (String algorithm : List.of("none", "HS256", "ES512", "es256")) {
      assertThat(decide(jwks, null, algorithm))
          .isEqualTo(Result.refused(KeyRefusal.UNKNOWN_ALGORITHM));
    }
  }

  private static Result<ClientKeys, KeyRefusal> decide(
      @Nullable String jwks, @Nullable String jwksUri, @Nullable String algorithm) {
    return ClientKeyRules.decide(new RegistrationRequest.Keys(jwks, jwksUri, algorithm));
  }

  private static String set(JWK... keys) {
    return new JWKSet(List.of(keys)).toString(false);
  }

  private static ECKey ec(Curve curve) {
    try {
      return new ECKeyGenerator(curve).generate();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
