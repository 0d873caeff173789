package dev.ostiary.gateway.foreign;

import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.EC;
import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.ISSUER;
import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.KEYS;
import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.METADATA;
import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.NOW;
import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.OPENID;
import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.RESOURCE;
import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.RSA;
import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.claims;
import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens that are JWTs of a foreign authorization server. */
final class ForeignJwtTest {
  private final FakeAuthorizationServer there = new FakeAuthorizationServer();

  private Result<VerifiedToken, AccessTokenRefusal> verify(String token) {
    return there.jwts().source().verifier().verify(token);
  }

  private static VerifiedToken good(Result<VerifiedToken, AccessTokenRefusal> result) {
    assertThat(result).isInstanceOf(Result.Ok.class);
    return ((Result.Ok<VerifiedToken, AccessTokenRefusal>) result).value();
  }

  private static void assertRefused(
      Result<VerifiedToken, AccessTokenRefusal> result, AccessTokenRefusal reason) {
    assertThat(result).isEqualTo(Result.refused(reason));
  }

  @Test
  void saysWhoCalls() {
    VerifiedToken token = good(verify(token(claims().build())));

    assertThat(token.caller().subject().value()).isEqualTo("user-1");
    assertThat(token.caller().client().value()).isEqualTo("app");
    assertThat(token.caller().scopes()).isEqualTo(Scopes.of("files:read"));
    assertThat(token.caller().ownGrant()).isNull();
    assertThat(token.audience()).isEqualTo(RESOURCE);
    assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(300));
    assertThat(token.checkAgainAt()).isEqualTo(token.expiresAt());
  }

  @ParameterizedTest
  @CsvSource({"RS256", "RS384", "RS512", "PS256", "PS512"})
  void mayBeSignedWithRsa(String algorithm) {
    good(verify(token(claims().build(), "at+jwt", JWSAlgorithm.parse(algorithm), RSA)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "application/at+jwt", "AT+JWT"})
  void hasTheTypeOfAccessTokens(String type) {
    good(verify(token(claims().build(), type, JWSAlgorithm.ES256, EC)));
  }

  @Test
  void mayBeForSeveralAudiences() {
    good(
        verify(
            token(claims().audience(List.of("https://other.example", RESOURCE.value())).build())));
  }

  @Test
  void mayHaveAnAudienceThatIsNoUrl() {
    good(
        there
            .jwts("api://mcp")
            .source()
            .verifier()
            .verify(token(claims().audience("api://mcp").build())));
  }

  @Nested
  class Typeless {
    @ParameterizedTest
    @ValueSource(strings = {"JWT", "application/jwt", ""})
    void isTakenIfTheConfigurationSaysSo(String type) {
      there.typeless = true;
      JWTClaimsSet claims = claims().issueTime(null).build();

      good(verify(token(claims, type.isEmpty() ? null : type, JWSAlgorithm.ES256, EC)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"logout+jwt", "dpop+jwt", "secevent+jwt"})
    void isNoTokenOfAnotherType(String type) {
      there.typeless = true;

      assertRefused(
          verify(token(claims().build(), type, JWSAlgorithm.ES256, EC)),
          AccessTokenRefusal.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"at_hash, x", "c_hash, x", "typ, ID", "typ, Refresh"})
    void isNoIdToken(String claim, String value) {
      there.typeless = true;

      assertRefused(
          verify(token(claims().claim(claim, value).build(), "JWT", JWSAlgorithm.ES256, EC)),
          AccessTokenRefusal.MALFORMED);
    }
  }

  static Stream<Arguments> badClaims() {
    Date past = Date.from(NOW.minusSeconds(1));
    Date future = Date.from(NOW.plusSeconds(60));
    return Stream.of(
        Arguments.of("expired", claims().expirationTime(past), AccessTokenRefusal.EXPIRED),
        Arguments.of(
            "expires now", claims().expirationTime(Date.from(NOW)), AccessTokenRefusal.EXPIRED),
        Arguments.of("no exp", claims().expirationTime(null), AccessTokenRefusal.MALFORMED),
        Arguments.of("not yet", claims().notBeforeTime(future), AccessTokenRefusal.EXPIRED),
        Arguments.of("issued later", claims().issueTime(future), AccessTokenRefusal.EXPIRED),
        Arguments.of("no iat", claims().issueTime(null), AccessTokenRefusal.MALFORMED),
        Arguments.of("no sub", claims().subject(null), AccessTokenRefusal.MALFORMED),
        Arguments.of("blank sub", claims().subject(" "), AccessTokenRefusal.MALFORMED),
        Arguments.of("no client", claims().claim("client_id", null), AccessTokenRefusal.MALFORMED),
        Arguments.of(
            "bound to a key",
            claims().claim("cnf", Map.of("jkt", "x")),
            AccessTokenRefusal.MALFORMED),
        Arguments.of("no iss", claims().issuer(null), AccessTokenRefusal.WRONG_ISSUER),
        Arguments.of(
            "iss with a slash", claims().issuer(ISSUER + "/"), AccessTokenRefusal.WRONG_ISSUER),
        Arguments.of("no aud", claims().audience((String) null), AccessTokenRefusal.WRONG_AUDIENCE),
        Arguments.of(
            "aud of a neighbour",
            claims().audience("https://mcp.example.com/other/mcp"),
            AccessTokenRefusal.WRONG_AUDIENCE),
        Arguments.of(
            "aud with a slash",
            claims().audience(RESOURCE.value() + "/"),
            AccessTokenRefusal.WRONG_AUDIENCE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badClaims")
  void isRefusedForItsClaimsWithoutAFetch(
      String name, JWTClaimsSet.Builder claims, AccessTokenRefusal reason) {
    assertRefused(verify(token(claims.build())), reason);
    assertThat(there.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "id+jwt", ""})
  void isRefusedForAnotherType(String type) {
    assertRefused(
        verify(token(claims().build(), type.isEmpty() ? null : type, JWSAlgorithm.ES256, EC)),
        AccessTokenRefusal.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "opaque", "a.b", "a.b.c", "a.b.c.d.e", "{}.{}.{}"})
  void isRefusedIfItIsNoJwt(String token) {
    assertRefused(verify(token), AccessTokenRefusal.MALFORMED);
  }

  @Nested
  class Signature {
    @Test
    void isNeverNone() {
      assertRefused(
          verify(new PlainJWT(claims().build()).serialize()), AccessTokenRefusal.MALFORMED);
    }

    /** The header of a token without signature, with one of other bytes. */
    @Test
    void isNeverNoneWithBytesForASignature() {
      String plain = new PlainJWT(claims().build()).serialize();
      String signed = token(claims().build());

      assertRefused(
          verify(plain + signed.substring(signed.lastIndexOf('.') + 1)),
          AccessTokenRefusal.MALFORMED);
    }

    @Test
    void isNeverAnHmacWithThePublicKey() throws JOSEException {
      OctetSequenceKey published =
          new OctetSequenceKey.Builder(RSA.toRSAPublicKey().getEncoded())
              .keyID(RSA.getKeyID())
              .build();

      assertRefused(
          verify(token(claims().build(), "at+jwt", JWSAlgorithm.HS256, published)),
          AccessTokenRefusal.BAD_SIGNATURE);
    }

    @Test
    void isNeverByASymmetricKeyThatIsPublished() {
      OctetSequenceKey secret = new OctetSequenceKey.Builder(new byte[32]).keyID("secret").build();
      there.answer(
          KEYS,
          Reply.json(200, "{\"keys\":[" + secret.toJSONString() + "," + EC.toPublicJWK() + "]}"));

      assertRefused(
          verify(token(claims().build(), "at+jwt", JWSAlgorithm.HS256, secret)),
          AccessTokenRefusal.BAD_SIGNATURE);
    }

    @Test
    void isByTheAlgorithmOfTheKey() {
      RSAKey only = new RSAKey.Builder(RSA).algorithm(JWSAlgorithm.PS256).build();
      there.publish(only);

      good(verify(token(claims().build(), "at+jwt", JWSAlgorithm.PS256, RSA)));
      assertRefused(
          verify(token(claims().build(), "at+jwt", JWSAlgorithm.RS256, RSA)),
          AccessTokenRefusal.BAD_SIGNATURE);
    }

    @Test
    void isNotByAKeyForEncryption() {
      there.publish(new RSAKey.Builder(RSA).keyUse(KeyUse.ENCRYPTION).build(), EC);

      assertRefused(
          verify(token(claims().build(), "at+jwt", JWSAlgorithm.RS256, RSA)),
          AccessTokenRefusal.BAD_SIGNATURE);
    }

    @Test
    void isNotByAnotherKeyOfTheSameName() {
      ECKey other = FakeAuthorizationServer.ec(EC.getKeyID());

      assertRefused(
          verify(token(claims().build(), "at+jwt", JWSAlgorithm.ES256, other)),
          AccessTokenRefusal.BAD_SIGNATURE);
    }

    @Test
    void mayBeByAKeyWithoutName() {
      JWK nameless = new ECKey.Builder(EC).keyID(null).build();
      there.publish(RSA, nameless);

      good(verify(token(claims().build(), "at+jwt", JWSAlgorithm.ES256, nameless)));
    }

    @Test
    void passesOverKeysThatCannotBeRead() {
      there.answer(
          KEYS,
          Reply.json(
              200,
              "{\"keys\":[{\"kty\":\"X\"},{\"kty\":\"EC\",\"crv\":\"P-256\"},7,"
                  + EC.toPublicJWK()
                  + "]}"));

      good(verify(token(claims().build())));
    }
  }

  @Nested
  class Keys {
    @Test
    void areFetchedOnceForManyTokens() {
      var verifier = there.jwts().source().verifier();

      for (int i = 0; i < 10; i++) {
        good(verifier.verify(token(claims().jwtID("id-" + i).build())));
      }

      assertThat(there.asked(METADATA)).isEqualTo(1);
      assertThat(there.asked(KEYS)).isEqualTo(1);
    }

    @Test
    void areFetchedOnceByManyAtTheSameTime() throws Exception {
      CompletableFuture<Reply> keys = new CompletableFuture<>();
      var before = there.places.get(KEYS);
      there.places.put(KEYS, _ -> keys);
      var verifier = there.jwts().source().verifier();
      String token = token(claims().build());
      List<Callable<Result<VerifiedToken, AccessTokenRefusal>>> calls =
          Stream.generate(
                  () ->
                      (Callable<Result<VerifiedToken, AccessTokenRefusal>>)
                          () -> verifier.verify(token))
              .limit(8)
              .toList();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var all = calls.stream().map(threads::submit).toList();
        while (there.asked(KEYS) == 0) {
          Thread.onSpinWait();
        }
        keys.complete(before.apply(there.requests.getFirst()).join());
        for (var each : all) {
          good(each.get());
        }
      }
      assertThat(there.asked(KEYS)).isEqualTo(1);
    }

    @Test
    void areFetchedAgainForANewOne() {
      var verifier = there.jwts().source().verifier();
      good(verifier.verify(token(claims().build())));
      ECKey next = FakeAuthorizationServer.ec("ec-2");
      there.publish(next);

      good(verifier.verify(token(claims().build(), "at+jwt", JWSAlgorithm.ES256, next)));
      assertRefused(verifier.verify(token(claims().build())), AccessTokenRefusal.BAD_SIGNATURE);
      assertThat(there.asked(KEYS)).isEqualTo(2);
    }

    @Test
    void areNotFetchedForEachUnknownOne() {
      var verifier = there.jwts().source().verifier();
      for (int i = 0; i < 50; i++) {
        ECKey unknown = new ECKey.Builder(EC).keyID("unknown-" + i).build();
        assertRefused(
            verifier.verify(token(claims().build(), "at+jwt", JWSAlgorithm.ES256, unknown)),
            AccessTokenRefusal.BAD_SIGNATURE);
      }

      assertThat(there.asked(KEYS)).isEqualTo(2);
      assertThat(there.asked(METADATA)).isEqualTo(1);
    }

    @Test
    void areTooManyBytes() {
      there.answer(
          KEYS, Reply.json(200, "{\"keys\":[],\"filler\":\"" + "x".repeat(70_000) + "\"}"));

      assertRefused(verify(token(claims().build())), AccessTokenRefusal.UNAVAILABLE);
      assertThat(there.log).singleElement().asString().contains("more than 65536 bytes");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "[]",
          "{}",
          "{\"keys\":[]}",
          "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"}]}",
          "no"
        })
    void areNone(String content) {
      there.answer(KEYS, Reply.json(200, content));

      assertRefused(verify(token(claims().build())), AccessTokenRefusal.UNAVAILABLE);
    }
  }

  @Nested
  class Outage {
    @Test
    void isNoReasonToRefuseWhatIsKnownToBeSigned() {
      var verifier = there.jwts().source().verifier();
      good(verifier.verify(token(claims().build())));
      there.fail();
      there.now = NOW.plus(Remote.FRESH);
      JWTClaimsSet later = claims().expirationTime(Date.from(there.now.plusSeconds(300))).build();

      good(verifier.verify(token(later)));
      assertRefused(
          verifier.verify(
              token(later, "at+jwt", JWSAlgorithm.ES256, FakeAuthorizationServer.ec("new"))),
          AccessTokenRefusal.UNAVAILABLE);
    }

    @Test
    void endsTheUseOfOldKeysAfterAWhile() {
      var verifier = there.jwts().source().verifier();
      good(verifier.verify(token(claims().build())));
      there.fail();
      there.now = NOW.plus(Remote.FRESH).plus(Remote.STALE);
      JWTClaimsSet later = claims().expirationTime(Date.from(there.now.plusSeconds(300))).build();

      assertRefused(verifier.verify(token(later)), AccessTokenRefusal.UNAVAILABLE);
    }

    @Test
    void isLoggedOnceWithItsCauseAndItsEnd() {
      var verifier = there.jwts().source().verifier();
      var before = Map.copyOf(there.places);
      there.fail();
      String token = token(claims().build());
      assertRefused(verifier.verify(token), AccessTokenRefusal.UNAVAILABLE);
      assertRefused(verifier.verify(token), AccessTokenRefusal.UNAVAILABLE);
      there.places.putAll(before);
      there.now = NOW.plus(Remote.PAUSE);
      good(verifier.verify(token));

      assertThat(there.log).hasSize(2);
      assertThat(there.log.getFirst())
          .startsWith("WARNING")
          .contains(METADATA, "cannot be reached");
      assertThat(there.log.getLast()).startsWith("INFO");
    }
  }

  @Nested
  class Metadata {
    @Test
    void isFoundAtThePlacesOfTheBook() {
      there.places.remove(METADATA);
      there.answer(OPENID, Reply.json(200, FakeAuthorizationServer.metadata(ISSUER)));

      good(verify(token(claims().build())));
      assertThat(there.requests.stream().limit(3).map(request -> request.uri().getPath()))
          .containsExactly(METADATA, "/.well-known/openid-configuration/tenant", OPENID);
    }

    @Test
    void isOfTheIssuerByteForByte() {
      there.answer(METADATA, Reply.json(200, FakeAuthorizationServer.metadata(ISSUER + "/")));

      assertRefused(verify(token(claims().build())), AccessTokenRefusal.UNAVAILABLE);
      assertThat(there.log).singleElement().asString().contains(ISSUER + "/\"", "byte for byte");
      assertThat(there.asked(KEYS)).isZero();
    }

    @Test
    void isSlow() {
      there.hang(METADATA);

      assertRefused(verify(token(claims().build())), AccessTokenRefusal.UNAVAILABLE);
      assertThat(there.log).singleElement().asString().contains("does not answer in time");
    }

    @Test
    void isNotFollowedToAPrivateAddress() {
      there.answer(
          METADATA,
          Reply.json(
              200,
              "{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":\"https://169.254.169.254/keys\"}"));

      assertRefused(verify(token(claims().build())), AccessTokenRefusal.UNAVAILABLE);
      assertThat(there.requests).hasSize(1);
      assertThat(there.log).singleElement().asString().contains("not public");
    }

    @Test
    void isNotFollowedToPlainHttp() {
      there.answer(
          METADATA,
          Reply.json(
              200, "{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":\"http://login.example/keys\"}"));

      assertRefused(verify(token(claims().build())), AccessTokenRefusal.UNAVAILABLE);
      assertThat(there.requests).hasSize(1);
    }

    @Test
    void isFetchedAgainAfterAWhile() {
      var verifier = there.jwts().source().verifier();
      good(verifier.verify(token(claims().build())));
      there.now = NOW.plus(Remote.FRESH).plus(Duration.ofSeconds(1));
      good(
          verifier.verify(
              token(claims().expirationTime(Date.from(there.now.plusSeconds(60))).build())));

      assertThat(there.asked(METADATA)).isEqualTo(2);
      assertThat(there.asked(KEYS)).isEqualTo(2);
    }
  }

  @Nested
  class ScopesOfThePolicy {
    private Scopes scopes(JWTClaimsSet.Builder claims) {
      return good(verify(token(claims.build()))).caller().scopes();
    }

    @Test
    void areInScopeOrScpAsTextOrList() {
      assertThat(scopes(claims().claim("scp", "no"))).isEqualTo(Scopes.of("files:read"));
      assertThat(scopes(claims().claim("scope", null).claim("scp", "a b")))
          .isEqualTo(Scopes.of("a", "b"));
      assertThat(scopes(claims().claim("scope", null).claim("scp", List.of("a", "b"))))
          .isEqualTo(Scopes.of("a", "b"));
      assertThat(scopes(claims().claim("scope", null))).isEqualTo(Scopes.none());
      assertThat(scopes(claims().claim("scope", 7))).isEqualTo(Scopes.none());
    }

    @Test
    void areInTheClaimOfTheConfiguration() {
      there.scopesClaim = "permissions";

      assertThat(scopes(claims().claim("permissions", List.of("p")))).isEqualTo(Scopes.of("p"));
      assertThat(scopes(claims())).isEqualTo(Scopes.none());
    }

    @Test
    void areThoseOfTheTable() {
      there.table =
          Map.of("Files.Read", Scopes.of("files:read"), "Admin", Scopes.of("files:read", "all"));

      assertThat(scopes(claims().claim("scope", "Files.Read other")))
          .isEqualTo(Scopes.of("files:read"));
      assertThat(scopes(claims().claim("scope", "files:read"))).isEqualTo(Scopes.none());
    }

    @Test
    void mayHaveTheirResourceBeforeThemWhereTheyAreAskedFor() {
      there.table = Map.of("api://mcp/Files.Read", Scopes.of("files:read"));

      assertThat(scopes(claims().claim("scope", "Files.Read"))).isEqualTo(Scopes.of("files:read"));
      assertThat(there.jwts().source().wire().apply(Scopes.of("files:read", "else")))
          .isEqualTo(Scopes.of("api://mcp/Files.Read", "else"));
    }

    @Test
    void areRolesToo() {
      there.rolesClaim = "realm_access.roles";
      there.table = Map.of("the admins", Scopes.of("all"));

      assertThat(
              scopes(claims().claim("realm_access", Map.of("roles", List.of("the admins", "x")))))
          .isEqualTo(Scopes.of("all"));
    }

    @Test
    void areRolesInAClaimWhoseNameHasDots() {
      there.rolesClaim = "https://acme.example/roles";

      assertThat(scopes(claims().claim("https://acme.example/roles", List.of("r"))))
          .isEqualTo(Scopes.of("files:read", "r"));
    }
  }
}
