package dev.ostiary.authorization.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.ostiary.authorization.SampleClient;
import dev.ostiary.authorization.audit.Actor;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.RecordingAuditLog;
import dev.ostiary.authorization.client.redirect.RedirectRules;
import dev.ostiary.authorization.client.registration.ConfiguredClient;
import dev.ostiary.authorization.client.registration.PreRegistration;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.grant.RecordingListener;
import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.authorization.key.DataKeys;
import dev.ostiary.authorization.key.KeyRotation;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.key.SampleGrant;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.key.SigningKeys;
import dev.ostiary.authorization.operate.KnownKey.State;
import dev.ostiary.authorization.operate.KnownKey.Use;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.Subject;
import dev.ostiary.requirements.Requirement;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OperatorTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String URI = "https://app.example/cb";
  private static final ConfiguredClient CONFIGURED =
      new ConfiguredClient(
          new ClientId("pre"),
          null,
          PreRegistration.metadata(
              "Configured", List.of(new RedirectUri(URI)), ClientAuthenticationMethod.NONE));

  private final MemoryStore store = new MemoryStore();
  private final RecordingAuditLog audit = new RecordingAuditLog();
  private final RecordingListener told = new RecordingListener();
  private final DataKeys dataKeys = DataKeys.open(store, masterKey(), () -> NOW);
  private final KeyRotation rotation =
      KeyRotation.of(
          SigningKeys.open(store.keys(), dataKeys.sealer(), SigningAlgorithm.ES256, NOW),
          dataKeys,
          Duration.ofHours(1));
  private final Operator operator =
      Operator.of(
          List.of(CONFIGURED),
          store,
          Grants.of(
              store.grants(), store.approvals(), audit, List.of(told), _ -> {}, Runnable::run),
          rotation,
          new SecretSource(),
          audit,
          () -> NOW);

  @Nested
  class Adding {
    @Test
    @Requirement("A-50")
    void remembersAPublicClientThatOnlyTheOperatorCanChange() {
      assertThat(add("mine", false)).isEqualTo(new AddedClient(new ClientId("mine"), null));

      RegisteredClient kept = store.clients().find(new ClientId("mine")).orElseThrow();
      assertThat(kept.kind()).isEqualTo(ClientKind.CONFIGURED);
      assertThat(kept.registrationToken()).isNull();
      assertThat(kept.metadata().name()).isEqualTo("Mine");
      assertThat(kept.metadata().redirectUris()).containsExactly(new RedirectUri(URI));
      assertThat(kept.metadata().isPublic()).isTrue();
      assertThat(audit.events())
          .containsExactly(new AuditEvent.ClientAdded(NOW, "-", kept.id(), "Mine"));
    }

    @Test
    void givesAConfidentialClientASecretOfWhichOnlyTheHashIsKept() {
      AddedClient added = add(null, true);

      Secret secret = added.secret();
      assertThat(secret).isNotNull();
      RegisteredClient kept = store.clients().find(added.id()).orElseThrow();
      assertThat(kept.secret()).isEqualTo(SecretHash.of(secret.reveal()));
      assertThat(kept.metadata().tokenEndpointAuthMethod()).isEqualTo("client_secret_basic");
      assertThat(added.toString()).doesNotContain(secret.reveal());
    }

    @Test
    void keepsItHoweverLongNobodyUsesIt() {
      add("mine", false);

      assertThat(store.clients().forgetUnused(NOW.plus(Duration.ofDays(999)), NOW.plusSeconds(1)))
          .isZero();
    }

    @Test
    void refusesAnIdThatIsTaken() {
      store.clients().add(SampleClient.of("stored", URI));

      assertThat(problem(new NewClient("stored", "Mine", List.of(URI), false)))
          .isEqualTo(new ClientProblem.IdTaken(new ClientId("stored")));
      assertThat(problem(new NewClient("pre", "Mine", List.of(URI), false)))
          .isEqualTo(new ClientProblem.IdTaken(new ClientId("pre")));
      assertThat(audit.events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "https://a.example/client | Mine | https://app.example/cb | the client's id must be up"
              + " to",
          "-mine | Mine | https://app.example/cb | the client's id must be up to 100 letters",
          "mine | ` ` | https://app.example/cb | the client's name must not be empty",
          "mine | a\u202eb | https://app.example/cb | must not have an invisible character",
          "mine | Mine | http://app.example/cb | http://app.example/cb is http on a host that is",
          "mine | Mine | https://app.example/*  | has a wildcard",
          "mine | Mine | javascript:alert(1) | has a scheme that is not for redirects",
        })
    void refusesWhatCouldNotBeRegistered(String id, String name, String uri, String text) {
      assertThat(problem(new NewClient(id, name, List.of(URI, uri), false)).text()).contains(text);
      assertThat(store.clients().list(null, 1)).isEmpty();
    }

    @Test
    void refusesAClientThatCouldSignNobodyIn() {
      assertThat(problem(new NewClient("mine", "Mine", List.of(), false)).text())
          .isEqualTo("the client needs a redirect URI");
    }

    private ClientProblem problem(NewClient client) {
      return switch (operator.clients().add(client)) {
        case Result.Refused(ClientProblem problem) -> problem;
        case Result.Ok(AddedClient added) -> throw new AssertionError(added);
      };
    }
  }

  @Nested
  class ListingClients {
    @Test
    void tellsHowEachCameToBeKnown() {
      store.clients().add(SampleClient.of("itself", URI));
      add("mine", true);

      List<KnownClient> listed = operator.clients().list().toList();

      assertThat(listed)
          .extracting(KnownClient::id, KnownClient::origin, KnownClient::addedAt)
          .containsExactly(
              tuple(new ClientId("pre"), ClientOrigin.CONFIGURATION, null),
              tuple(
                  new ClientId("itself"),
                  ClientOrigin.ITSELF,
                  Instant.parse("2026-11-21T00:00:00Z")),
              tuple(new ClientId("mine"), ClientOrigin.OPERATOR, NOW));
    }

    @Test
    void hidesAStoredClientBehindAConfiguredOneOfItsId() {
      store.clients().add(SampleClient.of("pre", "https://evil.example/cb"));

      assertThat(operator.clients().list())
          .singleElement()
          .extracting(KnownClient::origin)
          .isEqualTo(ClientOrigin.CONFIGURATION);
    }

    @Test
    void goesThroughAnyNumber() {
      for (int i = 0; i < 3 * PageTokens.SIZE; i++) {
        store.clients().add(SampleClient.of("client-" + i, URI));
      }

      assertThat(operator.clients().list().map(KnownClient::id))
          .hasSize(3 * PageTokens.SIZE + 1)
          .doesNotHaveDuplicates();
    }
  }

  @Nested
  class Removing {
    @Test
    @Requirement("R-50")
    void endsTheGrantsOfTheClientAndTellsWhoDidIt() {
      Grant grant = SampleGrant.inForce(store.grants(), "g1", NOW);
      store.clients().add(SampleClient.of(grant.client().value(), URI));

      assertThat(operator.clients().remove(grant.client())).isEqualTo(Result.ok(grant.client()));

      assertThat(store.clients().find(grant.client())).isEmpty();
      assertThat(told.ended).containsExactly(grant.id());
      assertThat(audit.events())
          .containsExactly(
              new AuditEvent.GrantEnded(NOW, "-", grant.id(), EndReason.OPERATOR),
              new AuditEvent.ClientRemoved(NOW, "-", grant.client(), Actor.OPERATOR));
    }

    @Test
    void refusesWhatIsNotThereOrStandsInTheConfiguration() {
      assertThat(operator.clients().remove(new ClientId("nobody")))
          .isEqualTo(Result.refused(new ClientProblem.Unknown(new ClientId("nobody"))));
      assertThat(operator.clients().remove(new ClientId("pre")))
          .isEqualTo(Result.refused(new ClientProblem.Configured(new ClientId("pre"))));
      assertThat(audit.events()).isEmpty();
    }
  }

  @Nested
  class GrantsOf {
    private final Grant grant = SampleGrant.inForce(store.grants(), "g1", NOW);

    @Test
    @Requirement("R-50")
    void areListedWithTheNamesOfTheirClients() {
      store.clients().add(SampleClient.of(grant.client().value(), URI));
      Grant configured = inForce("g2", "pre");
      Grant unknown = inForce("g3", "https://gone.example/client");

      assertThat(operator.grants().list(GrantFilter.ALL))
          .containsExactlyInAnyOrder(
              new KnownGrant(grant, "Sample " + grant.client(), NOW),
              new KnownGrant(configured, "Configured", NOW),
              new KnownGrant(unknown, null, NOW));
    }

    @Test
    @Requirement("R-50")
    void areRevokedByTheirId() {
      Grant other = inForce("g2", "oc_1");

      assertThat(operator.grants().revoke(GrantFilter.of(grant.id()))).isEqualTo(1);
      assertThat(operator.grants().revoke(GrantFilter.of(grant.id()))).isZero();
      assertThat(operator.grants().revoke(GrantFilter.of(new GrantId("none")))).isZero();

      assertThat(store.grants().find(grant.id(), NOW)).isEmpty();
      assertThat(store.grants().find(other.id(), NOW)).contains(other);
      assertThat(told.ended).containsExactly(grant.id());
      assertThat(audit.events())
          .containsExactly(new AuditEvent.GrantEnded(NOW, "-", grant.id(), EndReason.OPERATOR));
    }

    @Test
    void areRevokedAlsoWhileTheyWaitForTheirCode() {
      Grant waiting = SampleGrant.of("waiting", "oc_1", NOW);
      SampleGrant.addCode(store.grants(), "code", waiting, NOW.plusSeconds(60));

      assertThat(operator.grants().revoke(GrantFilter.of(waiting.subject()))).isEqualTo(2);

      assertThat(
              store
                  .grants()
                  .redeem(CodeHash.of("code"), RefreshHash.of("r"), Duration.ofDays(1), NOW))
          .isInstanceOf(GrantStore.Redemption.Unknown.class);
    }

    @Test
    void areRevokedByUserAndByClientHoweverManyThereAre() {
      for (int i = 0; i < 2 * PageTokens.SIZE; i++) {
        inForce("many " + i, "busy");
      }

      assertThat(operator.grants().revoke(GrantFilter.of(new ClientId("busy"))))
          .isEqualTo(2 * PageTokens.SIZE);
      assertThat(operator.grants().list(GrantFilter.ALL).map(KnownGrant::grant))
          .containsExactly(grant);
      assertThat(operator.grants().revoke(GrantFilter.of(new Subject("github:1")))).isZero();
      assertThat(operator.grants().revoke(GrantFilter.of(grant.subject()))).isEqualTo(1);
    }

    private Grant inForce(String id, String client) {
      Grant other = SampleGrant.of(id, client, NOW);
      SampleGrant.addCode(store.grants(), "code of " + id, other, NOW.plusSeconds(60));
      store
          .grants()
          .redeem(
              CodeHash.of("code of " + id), RefreshHash.of("of " + id), Duration.ofDays(1), NOW);
      return other;
    }
  }

  private static MasterKey masterKey() {
    try {
      return MasterKey.parse(MasterKey.generate());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Nested
  class Keys {
    @Test
    void listsWhatEachKeyDoes() {
      assertThat(operator.keys().list())
          .extracting(KnownKey::use, KnownKey::state)
          .containsExactly(tuple(Use.SIGNING, State.SIGNS), tuple(Use.DATA, State.SEALS));

      operator.keys().rotateSigning();
      operator.keys().rotateData();

      assertThat(operator.keys().list())
          .extracting(KnownKey::use, KnownKey::state)
          .containsExactlyInAnyOrder(
              tuple(Use.SIGNING, State.SIGNS),
              tuple(Use.SIGNING, State.NEXT),
              tuple(Use.DATA, State.OPENS),
              tuple(Use.DATA, State.SEALS));
      assertThat(operator.keys().list())
          .isEqualTo(Operator.withoutServer(store, audit, () -> NOW).keys().list());
    }

    @Test
    void rotatesTheSigningKeyAndSaysSo() {
      KnownKey first = operator.keys().list().getFirst();

      KnownKey next = operator.keys().rotateSigning();

      Instant signsFrom = NOW.plus(Duration.ofMinutes(10));
      assertThat(next.usedFrom()).isEqualTo(signsFrom);
      assertThat(operator.keys().list())
          .filteredOn(key -> key.id().equals(first.id()))
          .extracting(KnownKey::removeAt)
          .containsExactly(signsFrom.plus(Duration.ofMinutes(61)));
      assertThat(audit.events())
          .containsExactly(
              new AuditEvent.SigningKeyRotated(NOW, "-", next.id(), signsFrom, Actor.OPERATOR));
    }

    @Test
    void rotatesTheDataKeyAndSaysSo() {
      KnownKey next = operator.keys().rotateData();

      assertThat(operator.keys().list().getLast()).isEqualTo(next);
      assertThat(audit.events())
          .containsExactly(new AuditEvent.DataKeyRotated(NOW, "-", next.id(), Actor.OPERATOR));
    }

    @Test
    void doesNotRotateWithoutTheMasterKey() {
      Operator alone = Operator.withoutServer(store, audit, () -> NOW);

      assertThatThrownBy(alone.keys()::rotateData)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("master key");
    }
  }

  @Test
  void worksOnAStoreWhoseServerDoesNotRun() {
    Grant grant = SampleGrant.inForce(store.grants(), "g1", NOW);
    Operator alone = Operator.withoutServer(store, audit, () -> NOW);

    assertThat(alone.clients().list()).isEmpty();
    assertThat(alone.grants().revoke(GrantFilter.of(grant.id()))).isEqualTo(1);

    assertThat(store.revocations().since(0)).hasSize(1);
    assertThat(audit.events()).hasSize(1);
  }

  @Test
  void everyReasonAgainstARedirectUriCanBeTold() {
    for (RedirectRules.Refusal refusal : RedirectRules.Refusal.values()) {
      assertThat(new ClientProblem.BadRedirectUri(URI, refusal).text())
          .isEqualTo("the redirect URI " + URI + " " + refusal.text());
    }
  }

  private AddedClient add(@Nullable String id, boolean confidential) {
    return switch (operator
        .clients()
        .add(new NewClient(id, "Mine", List.of(URI, URI), confidential))) {
      case Result.Ok(AddedClient added) -> added;
      case Result.Refused(ClientProblem problem) -> throw new AssertionError(problem);
    };
  }
}
