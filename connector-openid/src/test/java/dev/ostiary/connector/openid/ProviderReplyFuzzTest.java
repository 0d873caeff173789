package dev.ostiary.connector.openid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.InRange;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Result;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any content as what a provider answers, at each of its endpoints. */
final class ProviderReplyFuzzTest {
  private static final List<String> PLACES =
      List.of("/.well-known/openid-configuration", "/jwks", "/token", "/userinfo");

  @MethodSource("seeds")
  @FuzzTest
  void isASignInOrARefusal(
      @InRange(min = 0, max = 3) int place,
      @InRange(min = 200, max = 599) int status,
      byte @NotNull [] content) {
    Acme acme = Acme.usual();
    acme.faults()
        .claims(
            IdTokenDefectsTest.change(
                claims -> claims.remove(List.of("preferred_username", "name", "email"))));
    URI request = acme.authorizationUri();
    if (place == 0) {
      acme.pass(CachedDocument.STALE);
    }
    acme.faults().answer(PLACES.get(place), Reply.json(status, content));

    switch (acme.complete(acme.visit(request))) {
      case Result.Ok(UpstreamIdentity identity) -> {
        assertThat(status).isEqualTo(200);
        assertThat(identity.userId()).isEqualTo("user-2501");
        assertThat(identity.userName()).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
      }
      case Result.Refused(UpstreamRefusal refusal) ->
          assertThat(refusal.toString()).matches("[ -~]+");
    }
  }

  static Stream<Arguments> seeds() {
    String metadata =
        "{\"issuer\":\"https://login.acme.example\",\"authorization_endpoint\":\"%s\","
            + "\"token_endpoint\":\"https://login.acme.example/token\","
            + "\"jwks_uri\":\"https://login.acme.example/jwks\"}";
    return Stream.of(
        seed(0, 200, metadata.formatted("https://login.acme.example/authorize")),
        seed(0, 200, metadata.formatted("javascript:alert(1)")),
        seed(0, 200, metadata.formatted("https://login.acme.example/a#b")),
        seed(0, 200, metadata.formatted("https://grüße.example/ \\u0000")),
        seed(0, 200, metadata.formatted("x").replace("\"x\"", "[1]")),
        seed(
            0,
            200,
            metadata
                .replace("}", ",\"scopes_supported\":[null,7]}")
                .formatted("https://a.example")),
        seed(
            0,
            200,
            metadata
                .replace("}", ",\"code_challenge_methods_supported\":[null]}")
                .formatted("https://a.example")),
        seed(
            0,
            200,
            metadata
                .replace("}", ",\"token_endpoint_auth_methods_supported\":[null]}")
                .formatted("https://a.example")),
        seed(
            0,
            200,
            metadata
                .replace("}", ",\"id_token_signing_alg_values_supported\":[null]}")
                .formatted("https://a.example")),
        seed(0, 200, "{\"issuer\":{}}"),
        seed(0, 200, "[]"),
        seed(0, 503, "<html>"),
        seed(1, 200, "{\"keys\":[]}"),
        seed(1, 200, "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}]}"),
        seed(1, 200, "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQAB\"}]}"),
        seed(1, 200, "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"},{\"kty\":\"new\"},null,7]}"),
        seed(1, 200, "{\"keys\":{}}"),
        seed(1, 200, "{}"),
        seed(
            2, 200, "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":\"e30.e30.\"}"),
        seed(2, 200, "{\"access_token\":\"a\\nb\",\"token_type\":\"Bearer\",\"id_token\":\"a\"}"),
        seed(2, 200, "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":1e300}"),
        seed(2, 200, "{\"access_token\":[],\"token_type\":7,\"scope\":{}}"),
        seed(2, 400, "{\"error\":\"invalid_client\",\"error_description\":\"\\u0000\"}"),
        seed(2, 400, "{\"error\":[\"invalid_client\"]}"),
        seed(3, 200, "{\"sub\":\"user-2501\",\"name\":\"\\u202e\\nmona\",\"email\":[]}"),
        seed(3, 200, "{\"sub\":\"user-2501\",\"preferred_username\":\" \"}"),
        seed(3, 200, "{\"sub\":7}"),
        seed(3, 401, ""));
  }

  private static Arguments seed(int place, int status, String content) {
    return Arguments.of(place, status, content.getBytes(UTF_8));
  }
}
