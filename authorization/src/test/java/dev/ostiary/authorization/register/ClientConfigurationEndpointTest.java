package dev.ostiary.authorization.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.Actor;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.RecordingAuditLog;
import dev.ostiary.authorization.audit.SteppedTime;
import dev.ostiary.authorization.client.redirect.PrivateUseSchemes;
import dev.ostiary.authorization.client.registration.ClientSecrets;
import dev.ostiary.authorization.client.registration.Registration;
import dev.ostiary.authorization.client.registration.RegistrationPolicy;
import dev.ostiary.authorization.grant.ClientRemoval;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.grant.RecordingListener;
import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.authorization.key.SampleGrant;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.page.StoreOutageReply;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore.Redemption;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.http.Body;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.requirements.Requirement;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClientConfigurationEndpointTest {
  private final MemoryStore store = new MemoryStore();
  private final RecordingAuditLog audit = new RecordingAuditLog();
  private final SteppedTime time = new SteppedTime();
  private final RecordingListener told = new RecordingListener();
  private final List<UpstreamTokenId> unneeded = new ArrayList<>();

  @Test
  @Requirement("R-7")
  void standsUnderTheClientsIdForScriptsOfAnyOrigin() {
    Endpoint endpoint = endpoints(store.clients()).getLast();

    assertThat(endpoint.route().path()).isEqualTo("/register/*");
    assertThat(endpoint.route().methods()).containsExactly("GET", "PUT", "DELETE");
    assertThat(endpoint.route().crossOrigin()).isTrue();
  }

  @Test
  void asksToComeAgainWhenTheStorageDoesNotAnswer() {
    Reply reply = send(new BrokenClientStore(), "GET", "oc_1", "Bearer ora_1", "");

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers().first("Retry-After")).contains("1");
  }

  @Nested
  class Opening {
    private final JsonNode registered = register("{}");
    private final String id = text(registered, "client_id");

    @ParameterizedTest
    @Requirement("R-30")
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void asksForTheToken(String method) {
      Reply reply = send(store.clients(), method, id, null, "{}");

      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.headers().all("WWW-Authenticate")).containsExactly("Bearer");
      assertThat(isKnown(id)).isTrue();
    }

    @ParameterizedTest
    @Requirement("R-30")
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void refusesTheTokenOfAnotherClient(String method) {
      String other = text(register("{}"), "registration_access_token");

      Reply reply = send(store.clients(), method, id, "Bearer " + other, "{}");

      isRefused(reply);
      assertThat(isKnown(id)).isTrue();
    }

    @Test
    @Requirement("R-30")
    void refusesWhatIsNotOneToken() {
      String token = text(registered, "registration_access_token");
      for (String field : List.of("Bearer " + token + " x", "Bearer", "Bearer " + token + ",")) {
        isRefused(send(store.clients(), "GET", id, field, ""));
      }
      isRefused(
          send(store.clients(), "GET", id, "Bearer " + text(registered, "client_secret"), ""));
    }

    @Test
    @Requirement("R-30")
    void looksTheSameForAClientThatNeverWas() {
      String token = "Bearer " + text(registered, "registration_access_token");

      Reply reply = send(store.clients(), "GET", "oc_never", token, "");

      isRefused(reply);
      assertThat(text(reply))
          .isEqualTo(text(send(store.clients(), "GET", id, "Bearer ora_wrong", "")));
    }

    @Test
    void doesNotDecodeTheClientsId() {
      String token = "Bearer " + text(registered, "registration_access_token");

      isRefused(send(store.clients(), "GET", "%6f" + id.substring(1), token, ""));
    }

    @Test
    void leavesAClientThatTheOperatorNamedToTheOperator() {
      store
          .clients()
          .add(
              new RegisteredClient(
                  new ClientId("pre"),
                  ClientKind.CONFIGURED,
                  null,
                  null,
                  client(id).metadata(),
                  time.instant()));

      isRefused(send(store.clients(), "DELETE", "pre", "Bearer ora_1", ""));
    }
  }

  @Nested
  class Reading {
    @Test
    @Requirement("R-30")
    void showsTheRegistrationAsItIsInForce() {
      JsonNode registered = register("{\"client_name\":\"Example\"}");

      Reply reply = get(registered);

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers().first("Cache-Control")).contains("no-store");
      JsonNode json = json(reply);
      assertThat(json.has("client_secret")).isFalse();
      for (String member :
          List.of(
              "client_id",
              "client_id_issued_at",
              "client_name",
              "redirect_uris",
              "token_endpoint_auth_method",
              "registration_client_uri",
              "registration_access_token")) {
        assertThat(json.get(member)).as(member).isEqualTo(registered.get(member));
      }
    }
  }

  @Nested
  class Replacing {
    private final JsonNode registered =
        register(
            """
            {"client_name": "Before", "redirect_uris": ["https://a.example/cb"],
             "scope": "read:user", "client_uri": "https://a.example",
             "token_endpoint_auth_method": "client_secret_post"}
            """);
    private final String id = text(registered, "client_id");
    private final String secret = text(registered, "client_secret");

    @Test
    @Requirement({"R-30", "R-52"})
    void putsAllMetadataInPlaceOfTheOld() {
      Reply reply =
          put(
              registered,
              """
              {"client_id": "%s", "redirect_uris": ["https://b.example/cb"],
               "grant_types": ["authorization_code", "implicit"]}
              """
                  .formatted(id));

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers().first("Cache-Control")).contains("no-store");
      JsonNode json = json(reply);
      assertThat(json.get("redirect_uris").toString()).isEqualTo("[\"https://b.example/cb\"]");
      assertThat(json.get("grant_types").toString())
          .isEqualTo("[\"authorization_code\",\"refresh_token\"]");
      assertThat(text(json, "token_endpoint_auth_method")).isEqualTo("client_secret_basic");
      for (String gone : List.of("client_name", "scope", "client_uri", "client_secret")) {
        assertThat(json.has(gone)).as(gone).isFalse();
      }
      assertThat(client(id).metadata().name()).isNull();
      assertThat(client(id).secret()).isEqualTo(SecretHash.of(secret));
      assertThat(json(get(registered))).isEqualTo(json);
      assertThat(audit.events())
          .endsWith(
              new AuditEvent.ClientReplaced(time.instant(), "request-1", new ClientId(id), ""));
    }

    @Test
    @Requirement("R-52")
    void takesTheSecretOnlyIfItIsThePresentOne() {
      Reply right = put(registered, update("\"client_secret\":\"" + secret + "\""));
      Reply wrong = put(registered, update("\"client_secret\":\"chosen\""));

      assertThat(right.status()).isEqualTo(200);
      assertThat(text(json(right), "client_secret")).isEqualTo(secret);
      isRefused(wrong, "invalid_client_metadata", "client_secret is not the present one");
      assertThat(client(id).secret()).isEqualTo(SecretHash.of(secret));
    }

    @Test
    @Requirement("R-52")
    void takesTheSecretFromAClientThatBecomesPublic() {
      put(registered, update("\"token_endpoint_auth_method\":\"none\""));
      assertThat(client(id).secret()).isNull();

      JsonNode again = json(put(registered, update("\"client_name\":\"Again\"")));

      assertThat(client(id).secret()).isEqualTo(SecretHash.of(text(again, "client_secret")));
      assertThat(text(again, "client_secret")).isNotEqualTo(secret);
      assertThat(again.get("client_secret_expires_at").longValue()).isZero();
    }

    @ParameterizedTest
    @Requirement("R-52")
    @ValueSource(
        strings = {
          "registration_access_token",
          "registration_client_uri",
          "client_secret_expires_at",
          "client_id_issued_at",
        })
    void refusesEachMemberThatTheServerManages(String member) {
      Reply reply = put(registered, update("\"" + member + "\":" + registered.get(member)));

      isRefused(reply, "invalid_client_metadata", member + " is set by the server");
      assertThat(client(id).metadata().name()).isEqualTo("Before");
    }

    @ParameterizedTest
    @Requirement({"R-30", "R-52"})
    @CsvSource(
        delimiter = '|',
        value = {
          "{}|invalid_client_metadata|client_id must be",
          "{'client_id':'oc_other'}|invalid_client_metadata|client_id is not that of this",
          "{'client_id':'ID','redirect_uris':['http://a.example/cb']}|invalid_redirect_uri"
              + "|redirect_uris[0] is http",
          "{'client_id':'ID','grant_types':['implicit']}|invalid_client_metadata|grant_types must",
          "{'client_id':'ID','client_id':'ID'}|invalid_client_metadata|the content must be one",
        })
    void refusesBadMetadataAsAtFirst(String content, String error, String description) {
      Reply reply = put(registered, content.replace('\'', '"').replace("ID", id));

      isRefused(reply, error, description);
      assertThat(client(id).metadata().name()).isEqualTo("Before");
    }

    @Test
    void readsOnlyJson() {
      Reply reply =
          endpoints(store.clients())
              .getLast()
              .handle(
                  request(
                      "PUT",
                      id,
                      Headers.of("Authorization", bearer(registered), "Content-Type", "text/plain"),
                      update("\"client_name\":\"After\"")));

      isRefused(reply, "invalid_client_metadata", "the content must be application/json");
    }

    private String update(String member) {
      return "{\"client_id\":\"" + id + "\"," + member + "}";
    }

    private void isRefused(Reply reply, String error, String description) {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(text(json(reply), "error")).isEqualTo(error);
      assertThat(text(json(reply), "error_description")).startsWith(description);
    }
  }

  @Nested
  class Deleting {
    private final JsonNode registered = register("{}");
    private final String id = text(registered, "client_id");

    @Test
    @Requirement({"R-30", "R-52"})
    void forgetsTheClientAndItsToken() {
      Reply reply = delete(registered);

      assertThat(reply.status()).isEqualTo(204);
      assertThat(text(reply)).isEmpty();
      assertThat(isKnown(id)).isFalse();
      isRefused(get(registered));
      isRefused(delete(registered));
      isRefused(put(registered, "{\"client_id\":\"" + id + "\"}"));
      assertThat(audit.events())
          .contains(
              new AuditEvent.ClientRemoved(
                  time.instant(), "request-1", new ClientId(id), Actor.CLIENT));
    }

    @Test
    @Requirement({"R-30", "R-52"})
    void endsEveryGrantOfTheClientAndNoOther() {
      Grant one = inForce("one", id);
      Grant two = inForce("two", id);
      Grant other = inForce("other", text(register("{}"), "client_id"));

      delete(registered);

      assertThat(told.ended).containsExactlyInAnyOrder(one.id(), two.id());
      assertThat(unneeded).as("the token that both rest on").hasSize(1);
      assertThat(store.grants().find(one.id(), time.instant())).isEmpty();
      assertThat(store.grants().find(other.id(), time.instant())).contains(other);
      assertThat(audit.events())
          .contains(
              new AuditEvent.GrantEnded(time.instant(), "request-1", one.id(), EndReason.REVOKED));
    }

    @Test
    @Requirement("R-52")
    void leavesNoCodeThatCouldStillBeTraded() {
      Grant waiting = SampleGrant.of("waiting", id, time.instant());
      SampleGrant.addCode(store.grants(), "code", waiting, time.instant().plusSeconds(60));

      delete(registered);

      assertThat(
              store
                  .grants()
                  .redeem(
                      CodeHash.of("code"), RefreshHash.of("r"), Duration.ofDays(1), time.instant()))
          .isEqualTo(new Redemption.Unknown());
    }
  }

  private JsonNode register(String content) {
    Reply reply =
        endpoints(store.clients())
            .getFirst()
            .handle(request("POST", "", Headers.of("Content-Type", "application/json"), content));
    assertThat(reply.status()).isEqualTo(201);
    return json(reply);
  }

  private Reply get(JsonNode registered) {
    return send("GET", registered, "");
  }

  private Reply put(JsonNode registered, String content) {
    return send("PUT", registered, content);
  }

  private Reply delete(JsonNode registered) {
    return send("DELETE", registered, "");
  }

  private Reply send(String method, JsonNode registered, String content) {
    return send(
        store.clients(), method, text(registered, "client_id"), bearer(registered), content);
  }

  private Reply send(
      ClientStore clients,
      String method,
      String id,
      @Nullable String authorization,
      String content) {
    Headers headers = Headers.of("Content-Type", "application/json");
    return endpoints(clients)
        .getLast()
        .handle(
            request(
                method,
                id,
                authorization == null ? headers : headers.with("Authorization", authorization),
                content));
  }

  private static Request request(String method, String id, Headers headers, String content) {
    return new Request(
        "request-1",
        method,
        "/register/" + id,
        "",
        headers,
        Body.utf8(content),
        InetAddress.getLoopbackAddress());
  }

  private List<Endpoint> endpoints(ClientStore clients) {
    var issuer = new Issuer("https://mcp.example.com");
    return RegisterEndpoints.of(
            issuer,
            new RegisterDependencies(
                RegistrationPolicy.OPEN,
                new Registration(
                    List.of(ClientAuthenticationMethod.values()), PrivateUseSchemes.DEFAULTS),
                clients,
                ClientRemoval.of(
                    clients,
                    Grants.of(
                        store.grants(),
                        store.approvals(),
                        audit,
                        List.of(told),
                        unneeded::add,
                        Runnable::run),
                    audit),
                new ClientSecrets(new SecretSource()),
                audit,
                time))
        .stream()
        .map(endpoint -> StoreOutageReply.of(Pages.of(issuer), endpoint))
        .toList();
  }

  private Grant inForce(String grant, String client) {
    Grant sample = SampleGrant.of(grant, client, time.instant());
    SampleGrant.addCode(store.grants(), grant, sample, time.instant().plusSeconds(60));
    store
        .grants()
        .redeem(CodeHash.of(grant), RefreshHash.of(grant), Duration.ofDays(1), time.instant());
    return sample;
  }

  private RegisteredClient client(String id) {
    return store.clients().find(new ClientId(id)).orElseThrow();
  }

  private boolean isKnown(String id) {
    return store.clients().find(new ClientId(id)).isPresent();
  }

  private static void isRefused(Reply reply) {
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.headers().first("WWW-Authenticate").orElseThrow())
        .startsWith("Bearer error=\"invalid_token\"");
    assertThat(text(json(reply), "error")).isEqualTo("invalid_token");
  }

  private static String bearer(JsonNode registered) {
    return "Bearer " + text(registered, "registration_access_token");
  }

  private static String text(JsonNode json, String member) {
    return json.get(member).stringValue();
  }

  private static JsonNode json(Reply reply) {
    return JsonMapper.shared().readTree(text(reply));
  }

  private static String text(Reply reply) {
    return ((Body.Whole) reply.body()).utf8();
  }
}
