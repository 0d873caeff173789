package dev.ostiary.authorization.register;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.ostiary.authorization.audit.RecordingAuditLog;
import dev.ostiary.authorization.audit.SteppedTime;
import dev.ostiary.authorization.client.redirect.PrivateUseSchemes;
import dev.ostiary.authorization.client.registration.ClientSecrets;
import dev.ostiary.authorization.client.registration.Registration;
import dev.ostiary.authorization.client.registration.RegistrationPolicy;
import dev.ostiary.authorization.grant.ClientRemoval;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.http.Body;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.Issuer;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Any bytes as what a client registers. */
final class RegisterEndpointFuzzTest {
  private static final List<String> OURS =
      List.of(
          "client_id",
          "client_id_issued_at",
          "client_secret",
          "client_secret_expires_at",
          "registration_client_uri",
          "registration_access_token");

  /** What a client is told of itself it can register again, and is told the same. */
  @MethodSource("seeds")
  @FuzzTest
  void registersWhatStaysTheSameOrRefuses(byte @NotNull [] content) {
    Endpoint endpoint = endpoint();
    Reply reply = post(endpoint, content);
    assertThat(reply.headers().first("Cache-Control")).contains("no-store");
    ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(((Body.Whole) reply.body()).utf8());
    if (reply.status() == 201) {
      ObjectNode told = json.deepCopy().remove(OURS);
      Reply again = post(endpoint, JsonMapper.shared().writeValueAsBytes(told));
      JsonNode second = JsonMapper.shared().readTree(((Body.Whole) again.body()).utf8());
      assertThat(again.status()).as(second.toString()).isEqualTo(201);
      assertThat(((ObjectNode) second).remove(OURS)).isEqualTo(told);
    } else {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(json.path("error").asString())
          .isIn("invalid_client_metadata", "invalid_redirect_uri");
      assertThat(json.path("error_description").asString()).matches("[ !#-\\[\\]-~]+");
    }
  }

  private static Endpoint endpoint() {
    MemoryStore store = new MemoryStore();
    RecordingAuditLog audit = new RecordingAuditLog();
    Grants grants =
        Grants.of(store.grants(), store.approvals(), audit, List.of(), _ -> {}, Runnable::run);
    return RegisterEndpoints.of(
            new Issuer("https://mcp.example.com"),
            new RegisterDependencies(
                RegistrationPolicy.OPEN,
                new Registration(
                    List.of(ClientAuthenticationMethod.values()), PrivateUseSchemes.DEFAULTS),
                store.clients(),
                ClientRemoval.of(store.clients(), grants, audit),
                new ClientSecrets(new SecretSource()),
                audit,
                new SteppedTime()))
        .getFirst();
  }

  private static Reply post(Endpoint endpoint, byte[] content) {
    return endpoint.handle(
        new Request(
            "request-1",
            "POST",
            "/register",
            "",
            Headers.of("Content-Type", "application/json"),
            Body.of(content),
            InetAddress.getLoopbackAddress()));
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "",
            "{}",
            "{\"redirect_uris\":[\"https://a.example/b\",\"cursor://c/d\",\"http://[::1]/\"],"
                + "\"client_name\":\"N\",\"token_endpoint_auth_method\":\"none\","
                + "\"grant_types\":[\"authorization_code\",\"refresh_token\",\"implicit\"],"
                + "\"application_type\":\"native\",\"scope\":\"read:user  repo\"}",
            "{\"contacts\":[\"\",\"a@example.com\",\"b,c\"],\"client_uri\":\"https://a.example\","
                + "\"logo_uri\":\"javascript:alert(1)\",\"software_id\":\" s \"}",
            "{\"redirect_uris\":[\"https://a.example/#\"]}",
            "{\"scope\":\"\\\"\"}",
            "{\"response_types\":[\"token\"]}",
            "{\"a\":1,\"a\":1}")
        .map(text -> text.getBytes(UTF_8));
  }
}
