package dev.ostiary.authorization.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeTime;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.authorization.limit.RateLimits;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientAssertion;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.registration.ClientMetadata;
import dev.ostiary.requirements.Requirement;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientAuthenticatorTest {
  private final MemoryStore store = new MemoryStore();
  private final ClientAuthenticator authenticator =
      ClientAuthenticator.of(
          Clients.of(store.clients()), RateLimits.of(Limits.OFF, new FakeTime()).secrets());

  @BeforeEach
  void register() {
    store.clients().add(client("public", "none", null));
    store.clients().add(client("basic", "client_secret_basic", "a b%+:c"));
    store.clients().add(client("post", "client_secret_post", "a b%+:c"));
  }

  @Test
  void takesAPublicClientAtItsName() {
    assertThat(name("", "client_id=public")).isEqualTo("public");
  }

  @Test
  @Requirement({"R-17", "R-18"})
  void takesASecretFromHeaderAndForm() {
    for (String client : List.of("basic", "post")) {
      assertThat(name(basic(client, "a+b%25%2B%3Ac"), "")).isEqualTo(client);
      assertThat(name(basic(client, "a+b%25%2B%3Ac"), "client_id=" + client)).isEqualTo(client);
      assertThat(name("", "client_id=" + client + "&client_secret=a+b%25%2B:c")).isEqualTo(client);
    }
  }

  @Test
  void countsAsUseWhenTheClientIsTheOneItClaimsToBe() {
    Instant since = new FakeTime().instant().minusSeconds(1);

    assertThat(name("", "client_id=public")).isEqualTo("public");
    assertThat(refusal(basic("basic", "wrong"), "").reason())
        .isEqualTo(ClientRefusal.Reason.WRONG_SECRET);

    assertThat(store.clients().forgetUnused(since, since.plusSeconds(2))).isEqualTo(2);
    assertThat(store.clients().find(new ClientId("public"))).isPresent();
  }

  @Test
  void doesNotTakeAConfidentialClientAtItsName() {
    assertThat(refusal("", "client_id=basic"))
        .isEqualTo(new ClientRefusal(ClientRefusal.Reason.WRONG_METHOD, false));
  }

  @Test
  void refusesASecretFromAClientThatHasNone() {
    assertThat(refusal("", "client_id=public&client_secret=x").reason())
        .isEqualTo(ClientRefusal.Reason.WRONG_METHOD);
    assertThat(refusal(basic("public", "x"), "").reason())
        .isEqualTo(ClientRefusal.Reason.WRONG_METHOD);
  }

  @Test
  @Requirement("R-15")
  void refusesAWrongSecret() {
    assertThat(refusal(basic("basic", "x"), ""))
        .isEqualTo(new ClientRefusal(ClientRefusal.Reason.WRONG_SECRET, true));
    assertThat(refusal("", "client_id=post&client_secret=x"))
        .isEqualTo(new ClientRefusal(ClientRefusal.Reason.WRONG_SECRET, false));
  }

  @Test
  @Requirement("A-37")
  void doesNotKnowAClientOfAnotherServer() {
    ClientRefusal refusal = refusal("", "client_id=oc_elsewhere");

    assertThat(refusal.reason()).isEqualTo(ClientRefusal.Reason.UNKNOWN);
    assertThat(refusal.wire().error()).isEqualTo(OAuthError.INVALID_CLIENT);
  }

  @Test
  @Requirement("R-16")
  void refusesTwoMethodsAtOnce() {
    ClientRefusal refusal = refusal(basic("basic", "a"), "client_secret=a");

    assertThat(refusal.reason()).isEqualTo(ClientRefusal.Reason.SEVERAL_METHODS);
    assertThat(refusal.wire().error()).isEqualTo(OAuthError.INVALID_REQUEST);
  }

  @Test
  void refusesAnAssertionWhereTheyAreOff() {
    String assertion =
        "&client_assertion=a.b.c&client_assertion_type=" + ClientAssertion.TYPE.replace(":", "%3A");

    assertThat(authenticator.methods()).doesNotContain(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
    assertThat(refusal("", "client_id=public" + assertion).reason())
        .isEqualTo(ClientRefusal.Reason.WRONG_METHOD);
  }

  private String name(String header, String form) {
    return switch (authenticate(header, form)) {
      case Result.Ok(RegisteredClient client) -> client.id().value();
      case Result.Refused(ClientRefusal refusal) -> throw new AssertionError(refusal);
    };
  }

  private ClientRefusal refusal(String header, String form) {
    return switch (authenticate(header, form)) {
      case Result.Ok(RegisteredClient client) -> throw new AssertionError(client.id());
      case Result.Refused(ClientRefusal refusal) -> refusal;
    };
  }

  private Result<RegisteredClient, ClientRefusal> authenticate(String header, String form) {
    return switch (Parameters.parse(form)) {
      case Result.Ok(Parameters parameters) ->
          authenticator.authenticate(request(header), parameters, new FakeTime().instant());
      case Result.Refused(var refusal) -> throw new AssertionError(refusal);
    };
  }

  private static Request request(String header) {
    return new Request(
        "request-1",
        "POST",
        "/token",
        "",
        header.isEmpty() ? Headers.none() : Headers.of("Authorization", header),
        Body.empty(),
        InetAddress.getLoopbackAddress());
  }

  private static String basic(String id, String encodedSecret) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((id + ":" + encodedSecret).getBytes(StandardCharsets.UTF_8));
  }

  private static RegisteredClient client(String id, String method, @Nullable String secret) {
    return new RegisteredClient(
        new ClientId(id),
        ClientKind.REGISTERED,
        secret == null ? null : SecretHash.of(secret),
        null,
        new ClientMetadata(
            null,
            List.of(),
            method,
            List.of("authorization_code"),
            List.of("code"),
            null,
            null,
            Map.of()),
        Instant.EPOCH);
  }
}
