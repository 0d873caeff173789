package dev.ostiary.gateway.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.ostiary.protocol.Result;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text as the keys of a foreign authorization server. */
final class ForeignKeySetFuzzTest {
  private static final String EC = FakeAuthorizationServer.EC.toPublicJWK().toJSONString();

  @MethodSource("seeds")
  @FuzzTest
  void hasKeysOrAReasonForHavingNone(@NotNull String json) {
    switch (ForeignKeySet.parse(json.getBytes(UTF_8))) {
      case Result.Ok<ForeignKeySet, String>(ForeignKeySet keys) ->
          assertThat(keys.size()).isPositive();
      case Result.Refused<ForeignKeySet, String>(String why) ->
          assertThat(why).matches("is not a JWK Set|has no public key .*");
    }
  }

  static Stream<String> seeds() {
    return Stream.of(
        "",
        "{}",
        "{\"keys\":[]}",
        "{\"keys\":[" + EC + "]}",
        "{\"keys\":[" + FakeAuthorizationServer.RSA.toPublicJWK() + "]}",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"},{\"kty\":7},null,[],\"x\"]}",
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"\"},{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\","
            + "\"x5c\":[\"x\"],\"key_ops\":[\"verify\",\"sign\"]}]}",
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\",\"exp\":\"x\"}]}");
  }
}
