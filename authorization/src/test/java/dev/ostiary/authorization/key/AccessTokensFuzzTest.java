package dev.ostiary.authorization.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text as an access token. */
final class AccessTokensFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Issuing ISSUING = Issuing.one();

  /** A server, and a token that it issued. */
  private record Issuing(AccessTokens tokens, String issued) {
    static Issuing one() {
      try {
        MemoryStore store = new MemoryStore();
        Sealer sealer = MasterKey.parse(MasterKey.generate()).sealer();
        AccessTokens tokens =
            AccessTokens.of(
                new Issuer("https://mcp.example.com"),
                SigningKeys.open(store.keys(), sealer, SigningAlgorithm.ES256, NOW),
                store.grants(),
                Duration.ofHours(1),
                new SecretSource());
        Grant grant = SampleGrant.inForce(store.grants(), "g1", NOW);
        return new Issuing(tokens, tokens.issue(grant, grant.scopes(), NOW).token().reveal());
      } catch (GeneralSecurityException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }

  /** A token that is accepted says what the one that was issued said, over the same bytes. */
  @MethodSource("seeds")
  @FuzzTest
  void isTheOneThatWasIssuedOrRefused(@NotNull String token) {
    switch (ISSUING.tokens.verify(token, NOW)) {
      case Result.Ok(VerifiedAccessToken verified) -> {
        assertThat(signed(token)).isEqualTo(signed(ISSUING.issued));
        assertThat(ISSUING.tokens.verify(ISSUING.issued, NOW)).isEqualTo(Result.ok(verified));
      }
      case Result.Refused(AccessTokenRefusal refusal) ->
          assertThat(refusal).isIn(AccessTokenRefusal.MALFORMED, AccessTokenRefusal.BAD_SIGNATURE);
    }
  }

  private static String signed(String token) {
    return token.substring(0, token.lastIndexOf('.'));
  }

  static Stream<String> seeds() {
    String issued = ISSUING.issued;
    return Stream.of(
        "",
        "..",
        "a.b.c",
        issued,
        issued + "A",
        issued + ".",
        issued.substring(0, issued.length() - 2),
        signed(issued) + ".",
        encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + issued.substring(issued.indexOf('.')),
        encode(
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"x\",\"crit\":[\"b64\"],\"b64\":false}")
            + issued.substring(issued.indexOf('.')),
        encode("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":5}") + ".e30.AAAA",
        encode("[]") + ".e30.AAAA");
  }

  private static String encode(String header) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(header.getBytes(StandardCharsets.UTF_8));
  }
}
