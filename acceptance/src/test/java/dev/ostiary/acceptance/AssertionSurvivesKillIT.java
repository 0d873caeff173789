package dev.ostiary.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.Race;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An assertion that was used once stays used, whatever happens to the program. */
@Timeout(180)
final class AssertionSurvivesKillIT {
  private final ECKey key = new ECKeyGenerator(Curve.P_256).generate();
  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;

  AssertionSurvivesKillIT() throws JOSEException {}

  @Test
  @Requirement("R-28")
  void isUsedOnceInARaceAndAfterTheRestart() throws Exception {
    Program program = Program.start(folder.resolve("data"));
    String client = register(program);
    String assertion = assertion(program, client);

    List<Integer> statuses = Race.of(() -> ask(program, assertion));
    program.kill();

    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 401).hasSize(Race.RUNNERS - 1);
    try (Program again = program.restart()) {
      assertThat(ask(again, assertion)).isEqualTo(401);
      assertThat(ask(again, assertion(again, client))).isEqualTo(200);
    }
  }

  private String register(Program program) throws IOException, InterruptedException {
    String metadata =
        """
        {"token_endpoint_auth_method": "private_key_jwt", "jwks": %s}
        """
            .formatted(new JWKSet(key).toString(true));
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(program.origin().resolve("/register"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(metadata, UTF_8))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return Journey.json(response).get("client_id").asString();
  }

  private String assertion(Program program, String client) throws JOSEException {
    Date end = Date.from(InstantSource.system().instant().plus(Duration.ofMinutes(4)));
    var jwt =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.ES256),
            new JWTClaimsSet.Builder()
                .issuer(client)
                .subject(client)
                .audience(program.origin().toString())
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(end)
                .build());
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }

  /** The status of a question about a token that is not there. */
  private int ask(Program program, String assertion) throws IOException, InterruptedException {
    String form =
        Journey.form(
            Map.of(
                "token",
                "unknown",
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion));
    return http.send(
            HttpRequest.newBuilder(program.origin().resolve("/introspect"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form, UTF_8))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
