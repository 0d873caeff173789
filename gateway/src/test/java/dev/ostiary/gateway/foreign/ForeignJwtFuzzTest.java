package dev.ostiary.gateway.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.ostiary.gateway.token.TokenVerifier;
import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text as an access token of a foreign authorization server. */
final class ForeignJwtFuzzTest {
  private static final TokenVerifier VERIFIER =
      new FakeAuthorizationServer().jwts().source().verifier();
  private static final String ISSUED =
      FakeAuthorizationServer.token(FakeAuthorizationServer.claims().build());

  /** A token that is accepted says what the one that was issued said, over the same bytes. */
  @MethodSource("seeds")
  @FuzzTest
  void isTheOneThatWasIssuedOrRefused(@NotNull String token) {
    switch (VERIFIER.verify(token)) {
      case Result.Ok<VerifiedToken, AccessTokenRefusal>(VerifiedToken verified) -> {
        assertThat(signed(token)).isEqualTo(signed(ISSUED));
        assertThat(VERIFIER.verify(ISSUED)).isEqualTo(Result.ok(verified));
      }
      case Result.Refused<VerifiedToken, AccessTokenRefusal>(AccessTokenRefusal refusal) ->
          assertThat(refusal).isNotIn(AccessTokenRefusal.UNAVAILABLE, AccessTokenRefusal.REVOKED);
    }
  }

  private static String signed(String token) {
    return token.substring(0, token.lastIndexOf('.'));
  }

  static Stream<String> seeds() {
    String rest = ISSUED.substring(ISSUED.indexOf('.'));
    return Stream.of(
        "",
        "..",
        "a.b.c",
        ISSUED,
        ISSUED + "A",
        ISSUED + ".",
        signed(ISSUED) + ".",
        encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + rest,
        encode("{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"ec-1\"}") + rest,
        encode(
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"ec-1\",\"crit\":[\"b64\"],\"b64\":false}")
            + rest,
        encode("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":5}") + ".e30.AAAA",
        encode("{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}")
            + "."
            + encode("{\"iss\":\"https://login.example/tenant\",\"aud\":[7,null],\"exp\":1e99}")
            + ".AAAA",
        encode("[]") + ".e30.AAAA");
  }

  private static String encode(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }
}
