package dev.ostiary.embed;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.List;

/** Keys of clients. */
final class SampleKeys {
  static final ECKey EC = ec("ec", Curve.P_256);
  static final ECKey OTHER_EC = ec("other-ec", Curve.P_256);
  static final ECKey P384 = ec("p384", Curve.P_384);
  static final RSAKey RSA = rsa("rsa");
  static final OctetKeyPair ED25519 = ed25519("ed");

  private SampleKeys() {}

  /** The public halves, as a JWK Set. */
  static String set(JWK... keys) {
    return new JWKSet(List.of(keys)).toString(true);
  }

  private static ECKey ec(String id, Curve curve) {
    try {
      return new ECKeyGenerator(curve).keyID(id).generate();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static OctetKeyPair ed25519(String id) {
    try {
      return new OctetKeyPairGenerator(Curve.Ed25519).keyID(id).generate();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
