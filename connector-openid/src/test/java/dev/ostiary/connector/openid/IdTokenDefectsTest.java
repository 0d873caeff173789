package dev.ostiary.connector.openid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.upstream.UpstreamRefusal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Every defect of an ID token (OpenID Connect Core §3.1.3.7), one at a time. */
final class IdTokenDefectsTest {
  private final Acme acme = Acme.usual();

  /** All others mean something only if this works. */
  @Test
  void takesATokenWithoutDefects() {
    assertThat(acme.signedIn().userId()).isEqualTo("user-2501");
  }

  @Test
  void refusesAnotherIssuer() {
    acme.faults().claims(put("iss", Acme.ISSUER + "/"));

    assertMisconfigured("id_token_issuer", Acme.ISSUER + "/", "sign-in.openid.acme.issuer");
  }

  @Test
  void refusesAnotherAudience() {
    acme.faults().claims(put("aud", "another-client"));

    assertMisconfigured("id_token_audience", "sign-in.openid.acme.client-id is ostiary");
  }

  @Test
  void refusesATokenWithoutAudience() {
    acme.faults().claims(without("aud"));

    assertMisconfigured("id_token_audience");
  }

  @Test
  void refusesSeveralAudiencesOfWhichNoneIsAuthorized() {
    acme.faults().claims(change(claims -> claims.putArray("aud").add("ostiary").add("other")));

    assertMisconfigured("id_token_audience");
  }

  @Test
  void takesSeveralAudiencesIfItIsTheAuthorizedParty() {
    acme.faults()
        .claims(
            change(
                claims -> {
                  claims.putArray("aud").add("ostiary").add("other");
                  claims.put("azp", "ostiary");
                }));

    assertThat(acme.signedIn().userId()).isEqualTo("user-2501");
  }

  @Test
  void refusesAnotherAuthorizedParty() {
    acme.faults().claims(put("azp", "other"));

    assertMisconfigured("id_token_audience");
  }

  @Test
  void refusesAnotherNonceAndNone() {
    acme.faults().claims(put("nonce", "another"));
    assertUnavailable("another request");

    acme.faults().claims(without("nonce"));
    assertUnavailable("another request");
  }

  @Test
  void refusesASignatureByAnotherKey() {
    KeyPair other = newKey();
    acme.faults().signature(text -> sign(other, text));

    assertUnavailable("not signed by a key of the provider");
  }

  @Test
  void refusesABrokenSignature() {
    acme.faults().signature(_ -> new byte[64]);

    assertUnavailable("not signed by a key of the provider");
  }

  @Test
  void refusesATokenWithoutSignature() {
    acme.faults().header(header -> header.put("alg", "none"));
    acme.faults().signature(_ -> new byte[0]);

    assertMisconfigured("id_token_algorithm", "signed with none");
  }

  /** The public key is no secret, so a MAC by it proves nothing (RFC 8725 §2.1). */
  @Test
  void refusesAMacByThePublicKey() {
    StringBuilder published = new StringBuilder();
    acme.faults()
        .publishedKeys(
            keys -> {
              published.append(keys);
              return keys;
            });
    acme.signedIn();
    acme.faults().header(header -> header.put("alg", "HS256"));
    acme.faults().signature(text -> mac(published.toString(), text));

    assertMisconfigured("id_token_algorithm", "signed with HS256");
  }

  @Test
  void refusesAMacEvenIfTheMetadataAllowsIt() {
    acme.faults()
        .metadata(
            change(
                metadata ->
                    metadata
                        .putArray("id_token_signing_alg_values_supported")
                        .add("HS256")
                        .add("none")));
    acme.faults().header(header -> header.put("alg", "HS256"));
    acme.faults().signature(text -> mac(Acme.SECRET.reveal(), text));

    assertMisconfigured("id_token_algorithm", "signed with HS256");
  }

  @Test
  void refusesAnAlgorithmThatTheMetadataDoesNotName() {
    acme.faults()
        .metadata(
            change(
                metadata ->
                    metadata.putArray("id_token_signing_alg_values_supported").add("RS256")));

    assertMisconfigured("id_token_algorithm", "signed with ES256");
  }

  @Test
  void refusesATokenThatHasExpired() {
    acme.faults().claims(put("exp", acme.now.getEpochSecond() - 75));

    assertMisconfigured("id_token_clock", "expired by 75 seconds");
  }

  @Test
  void toleratesAMinute() {
    acme.faults().claims(put("exp", acme.now.getEpochSecond() - 59));
    assertThat(acme.signedIn().userId()).isEqualTo("user-2501");

    acme.faults().claims(put("exp", acme.now.getEpochSecond() - 60));
    assertMisconfigured("id_token_clock", "60 seconds");
  }

  @Test
  void refusesATokenOfTheFuture() {
    acme.faults().claims(put("iat", acme.now.getEpochSecond() + 200));
    assertMisconfigured("id_token_clock", "in the future, by 200 seconds");

    acme.faults().claims(put("nbf", acme.now.getEpochSecond() + 300));
    assertMisconfigured("id_token_clock", "by 300 seconds");
  }

  @Test
  void refusesATokenWithoutTimes() {
    acme.faults().claims(without("exp"));
    assertMisconfigured("missing_claim", "exp");

    acme.faults().claims(without("iat"));
    assertMisconfigured("missing_claim", "iat");

    acme.faults().claims(put("exp", "never"));
    assertMisconfigured("missing_claim", "exp");
  }

  @Test
  void refusesTheHashOfAnotherAccessToken() {
    acme.faults().claims(put("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"));
    assertUnavailable("at_hash");

    acme.faults().claims(put("at_hash", ""));
    assertUnavailable("at_hash");
  }

  @Test
  void takesATokenWithoutTheHash() {
    acme.faults().claims(without("at_hash"));

    assertThat(acme.signedIn().userId()).isEqualTo("user-2501");
  }

  @Test
  void refusesATokenWithoutSubject() {
    acme.faults().claims(without("sub"));
    assertMisconfigured("missing_claim", "sub");

    acme.faults().claims(put("sub", ""));
    assertMisconfigured("missing_claim", "sub");

    acme.faults().claims(put("sub", 7L));
    assertMisconfigured("missing_claim", "sub");
  }

  @Test
  void refusesAKeyThatIsNotPublishedAndReadsTheKeysAgainOnlyOnce() {
    acme.signedIn();
    acme.faults().header(header -> header.put("kid", "no-such-key"));
    acme.provider.journal().clear();

    assertUnavailable("not signed by a key of the provider");
    assertUnavailable("not signed by a key of the provider");
    assertThat(acme.provider.journal().requests("GET", "/jwks")).hasSize(1);
  }

  @Test
  void refusesWhatIsNoToken() {
    acme.faults().tokenResponse(answer -> answer.put("id_token", "e30.e30.e30"));
    assertThat(Acme.refusal(acme.signIn())).isInstanceOf(UpstreamRefusal.Unavailable.class);

    acme.faults().tokenResponse(change(answer -> answer.remove("id_token")));
    assertMisconfigured("id_token_missing", "openid");
  }

  private void assertMisconfigured(String error, String... words) {
    assertThat(Acme.refusal(acme.signIn()))
        .isInstanceOfSatisfying(
            UpstreamRefusal.Misconfigured.class,
            refusal -> {
              assertThat(refusal.error()).isEqualTo(error);
              assertThat(List.of(words)).allMatch(refusal.remedy()::contains);
            });
  }

  private void assertUnavailable(String word) {
    assertThat(Acme.refusal(acme.signIn()))
        .isInstanceOfSatisfying(
            UpstreamRefusal.Unavailable.class,
            refusal -> assertThat(refusal.what()).contains(word));
  }

  static UnaryOperator<ObjectNode> put(String name, String value) {
    return claims -> claims.put(name, value);
  }

  static UnaryOperator<ObjectNode> put(String name, long value) {
    return claims -> claims.put(name, value);
  }

  static UnaryOperator<ObjectNode> without(String name) {
    return change(claims -> claims.remove(name));
  }

  static UnaryOperator<ObjectNode> change(Consumer<ObjectNode> action) {
    return claims -> {
      action.accept(claims);
      return claims;
    };
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static byte[] sign(KeyPair key, String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key.getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static byte[] mac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
