package dev.ostiary.authorization.client.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeTime;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.client.redirect.PrivateUseSchemes;
import dev.ostiary.authorization.client.redirect.RedirectRules;
import dev.ostiary.authorization.client.registration.DocumentRegistration;
import dev.ostiary.authorization.client.registration.RegistrationRefusal;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.http.Headers;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.http.fetch.Fetched;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.ClientIdUrl;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.registration.ClientDocument;
import dev.ostiary.protocol.registration.ClientMetadata;
import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClientDocumentsTest {
  private static final String URL = "https://client.example/c";
  private static final ClientId ID = new ClientId(URL);
  private static final String CALLBACK = "http://127.0.0.1/callback";
  private static final String DOCUMENT = FakeHost.document(URL, "Example", CALLBACK);
  private static final String HOUR = "max-age=3600";

  private final FakeTime time = new FakeTime();
  private final FakeHost host = new FakeHost();
  private final MemoryStore store = new MemoryStore();
  private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
  private final Queue<Runnable> background = new ArrayDeque<>();
  private ClientDocuments documents = documents(DocumentPolicy.DEFAULTS);

  private ClientDocuments documents(DocumentPolicy policy) {
    return ClientDocuments.of(
        policy,
        host,
        new DocumentRegistration(true, PrivateUseSchemes.DEFAULTS),
        store.clients(),
        audit::add,
        background::add,
        time);
  }

  private Result<RegisteredClient, DocumentRefusal> look() {
    return documents.look(ID, "r1");
  }

  private RegisteredClient found() {
    return ((Result.Ok<RegisteredClient, DocumentRefusal>) look()).value();
  }

  private DocumentRefusal refusal() {
    return ((Result.Refused<RegisteredClient, DocumentRefusal>) look()).reason();
  }

  @Test
  @Requirement({"A-38", "A-39"})
  void fetchesTheDocumentBehindTheUrl() {
    host.serve(URL, DOCUMENT);

    RegisteredClient client = found();

    assertThat(host.asked).containsExactly(URL);
    assertThat(client.id()).isEqualTo(ID);
    assertThat(client.kind()).isEqualTo(ClientKind.DOCUMENT);
    assertThat(client.secret()).isNull();
    assertThat(client.metadata().name()).isEqualTo("Example");
    assertThat(client.metadata().redirectUris()).containsExactly(new RedirectUri(CALLBACK));
    assertThat(client.metadata().isPublic()).isTrue();
  }

  @Test
  void storesNothingThatNobodyHasAgreedTo() {
    host.serve(URL, DOCUMENT);

    found();

    assertThat(store.clients().find(ID)).isEmpty();
  }

  @Nested
  class Refusals {
    @Test
    void fetchNothingForAUrlThatNoClientCanHave() {
      assertThat(documents.look(new ClientId("https://client.example"), "r1"))
          .isEqualTo(Result.refused(new DocumentRefusal.UrlMalformed(ClientIdUrl.Refusal.NO_PATH)));
      assertThat(documents.look(new ClientId("http://client.example/c"), "r1"))
          .isEqualTo(
              Result.refused(new DocumentRefusal.UrlMalformed(ClientIdUrl.Refusal.NOT_HTTPS)));
      assertThat(host.asked).isEmpty();
    }

    @Test
    @Requirement("A-47")
    void fetchNothingFromADomainThatIsNotTrusted() {
      documents =
          documents(
              new DocumentPolicy(
                  List.of(DomainPattern.parse("claude.ai")), List.of(), Duration.ZERO));

      assertThat(refusal()).isEqualTo(new DocumentRefusal.DomainNotTrusted());
      assertThat(host.asked).isEmpty();
      assertThat(audit)
          .containsExactly(
              new AuditEvent.DocumentRefused(time.instant(), "r1", ID, "domain-not-trusted"));
    }

    @Test
    @Requirement({"A-40", "R-40"})
    void meetADocumentOfAnotherClient() {
      host.serve(URL, FakeHost.document("https://client.example/other", "Example", CALLBACK));

      assertThat(refusal())
          .isEqualTo(new DocumentRefusal.NotADocument(new ClientDocument.Refusal.OtherClient()));
      assertThat(audit)
          .containsExactly(
              new AuditEvent.DocumentRefused(time.instant(), "r1", ID, "document-other-client"));
    }

    @Test
    void meetRedirectUrisThatCannotBeRegistered() {
      host.serve(URL, FakeHost.document(URL, "Example", "javascript:alert(1)"));

      assertThat(refusal())
          .isEqualTo(
              new DocumentRefusal.NotRegistrable(
                  new RegistrationRefusal.BadRedirectUri(
                      0, RedirectRules.Refusal.DANGEROUS_SCHEME)));
    }

    @Test
    void doNotMeetOneOfSeveralRedirectUrisThatCannotBeUsed() {
      host.serve(URL, FakeHost.document(URL, "Example", CALLBACK, "acme-editor://cb"));

      assertThat(found().metadata().redirectUris()).containsExactly(new RedirectUri(CALLBACK));
    }

    @Test
    void meetGrantTypesWithoutCodes() {
      host.serve(URL, DOCUMENT.replace("authorization_code", "client_credentials"));

      assertThat(refusal())
          .isEqualTo(
              new DocumentRefusal.NotRegistrable(new RegistrationRefusal.GrantTypesUnsupported()));
    }

    @Test
    @Requirement("R-42")
    void areForgottenAtOnce() {
      host.refuse(URL, new FetchRefusal.StatusNotOk(500));
      assertThat(refusal())
          .isEqualTo(new DocumentRefusal.NotFetched(new FetchRefusal.StatusNotOk(500)));

      host.serve(URL, "{}");
      assertThat(refusal()).isInstanceOf(DocumentRefusal.NotADocument.class);

      host.serve(URL, DOCUMENT);
      assertThat(found().metadata().name()).isEqualTo("Example");
    }

    @Test
    void meetAnUnexpectedNotModified() {
      host.answer(URL, new Fetched.NotModified(Headers.none()));

      assertThat(refusal())
          .isEqualTo(new DocumentRefusal.NotFetched(new FetchRefusal.StatusNotOk(304)));
    }
  }

  @Nested
  class Caching {
    @Test
    @Requirement("A-43")
    void usesADocumentAsLongAsItsHostSays() {
      host.serve(URL, DOCUMENT, "Cache-Control", HOUR);
      found();

      time.pass(Duration.ofMinutes(59));
      found();
      assertThat(host.asked).hasSize(1);

      time.pass(Duration.ofMinutes(1));
      found();
      assertThat(host.asked).hasSize(2);
    }

    @Test
    @Requirement("A-43")
    void asksWhetherItHasChanged() {
      host.serve(URL, DOCUMENT, "Cache-Control", HOUR, "ETag", "\"1\"");
      found();
      time.pass(Duration.ofHours(1));
      host.answer(URL, new Fetched.NotModified(Headers.of("Cache-Control", HOUR)));

      assertThat(found().metadata().name()).isEqualTo("Example");
      assertThat(host.asked).containsExactly(URL, URL + " \"1\"");
      time.pass(Duration.ofMinutes(59));
      found();
      assertThat(host.asked).hasSize(2);
    }

    @Test
    void takesAnOldDocumentForADayWhileTheHostIsDown() {
      host.serve(URL, DOCUMENT, "Cache-Control", HOUR);
      found();
      host.refuse(URL, new FetchRefusal.Unreachable());

      time.pass(Duration.ofHours(24));
      assertThat(found().metadata().name()).isEqualTo("Example");

      time.pass(Duration.ofHours(1));
      assertThat(refusal())
          .isEqualTo(new DocumentRefusal.NotFetched(new FetchRefusal.Unreachable()));
    }

    @Test
    void takesNoOldDocumentForOneThatHasGone() {
      host.serve(URL, DOCUMENT, "Cache-Control", HOUR);
      found();
      time.pass(Duration.ofHours(1));
      host.refuse(URL, new FetchRefusal.StatusNotOk(404));
      refusal();
      host.refuse(URL, new FetchRefusal.Unreachable());

      assertThat(refusal())
          .isEqualTo(new DocumentRefusal.NotFetched(new FetchRefusal.Unreachable()));
    }

    @Test
    void takesNoOldDocumentForOneThatIsWrong() {
      host.serve(URL, DOCUMENT, "Cache-Control", HOUR);
      found();
      time.pass(Duration.ofHours(1));
      host.serve(URL, "{}");

      assertThat(refusal()).isInstanceOf(DocumentRefusal.NotADocument.class);
    }

    @Test
    void takesWhatWasAgreedToWhenTheHostIsDownAfterARestart() {
      host.serve(URL, DOCUMENT);
      documents.keep(found(), "r1");
      documents = documents(DocumentPolicy.DEFAULTS);
      host.refuse(URL, new FetchRefusal.TooLate());

      time.pass(Freshness.FLOOR);

      assertThat(found().metadata().name()).isEqualTo("Example");

      time.pass(Duration.ofDays(1));
      assertThat(refusal()).isEqualTo(new DocumentRefusal.NotFetched(new FetchRefusal.TooLate()));
    }

    @Test
    void remembersOnlySoMany() {
      IntStream.range(0, 1001)
          .mapToObj(number -> "https://client.example/" + number)
          .forEach(
              url -> {
                host.serve(url, FakeHost.document(url, "Example", CALLBACK));
                documents.look(new ClientId(url), "r1");
              });
      host.asked.clear();

      documents.look(new ClientId("https://client.example/1000"), "r1");
      assertThat(host.asked).isEmpty();
      documents.look(new ClientId("https://client.example/0"), "r1");
      assertThat(host.asked).hasSize(1);
    }
  }

  @Test
  void fetchesOnceForFiveHundredWhoComeTogether() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch ready = new CountDownLatch(500);
    host.serve(URL, DOCUMENT);
    host.holdUntil(open);
    List<Result<RegisteredClient, DocumentRefusal>> results = new CopyOnWriteArrayList<>();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 500)
          .forEach(
              _ ->
                  threads.execute(
                      () -> {
                        ready.countDown();
                        results.add(look());
                      }));
      ready.await();
      open.countDown();
    }

    assertThat(host.asked).containsExactly(URL);
    assertThat(results).hasSize(500).allMatch(result -> result instanceof Result.Ok);
  }

  /** Two nodes on one store. */
  @Nested
  class Nodes {
    private final ClientDocuments other = documents(DocumentPolicy.DEFAULTS);

    private RegisteredClient foundByOther() {
      return ((Result.Ok<RegisteredClient, DocumentRefusal>) other.look(ID, "r2")).value();
    }

    @Test
    void fetchADocumentOnceForAllWhileItIsFreshAtLeast() {
      host.serve(URL, DOCUMENT, "Cache-Control", HOUR);
      documents.keep(found(), "r1");

      time.pass(Duration.ofSeconds(59));

      assertThat(foundByOther().metadata().name()).isEqualTo("Example");
      assertThat(host.asked).hasSize(1);
    }

    @Test
    void fetchItAgainOnceForAll() {
      host.serve(URL, DOCUMENT, "Cache-Control", "no-cache");
      documents.keep(found(), "r1");
      for (int minute = 1; minute <= 10; minute++) {
        time.pass(Duration.ofMinutes(1));
        found();
        foundByOther();

        assertThat(host.asked).hasSize(1 + minute);
      }
      assertThat(audit).isEmpty();
    }

    @Test
    void confirmItOnceForAll() {
      host.serve(URL, DOCUMENT, "Cache-Control", "no-cache", "ETag", "\"1\"");
      documents.keep(found(), "r1");
      host.answer(URL, new Fetched.NotModified(Headers.of("Cache-Control", "no-cache")));
      time.pass(Duration.ofMinutes(1));
      found();
      time.pass(Duration.ofSeconds(59));
      foundByOther();

      assertThat(host.asked).containsExactly(URL, URL + " \"1\"");
    }

    @Test
    void seeAtOnceWhatAnotherHasRead() {
      host.serve(URL, DOCUMENT, "Cache-Control", HOUR);
      documents.keep(found(), "r1");
      time.pass(Duration.ofMinutes(2));
      host.serve(URL, FakeHost.document(URL, "Changed", CALLBACK));
      foundByOther();

      assertThat(found().metadata().name()).isEqualTo("Changed");
      assertThat(documents.current(store.clients().find(ID).orElseThrow()))
          .hasValueSatisfying(client -> assertThat(client.metadata().name()).isEqualTo("Changed"));
      assertThat(host.asked).hasSize(2);
      assertThat(audit)
          .containsExactly(
              new AuditEvent.DocumentChanged(time.instant(), "r2", ID, List.of("client_name")));
    }
  }

  @Nested
  class Changes {
    private RegisteredClient agreed() {
      host.serve(URL, DOCUMENT);
      RegisteredClient client = found();
      documents.keep(client, "r1");
      audit.clear();
      return client;
    }

    @Test
    void areNoticedAtTheNextSignIn() {
      agreed();
      host.serve(URL, FakeHost.document(URL, "Other", CALLBACK, "https://client.example/callback"));
      time.pass(Duration.ofMinutes(10));

      RegisteredClient changed = found();

      assertThat(audit)
          .containsExactly(
              new AuditEvent.DocumentChanged(
                  time.instant(), "r1", ID, List.of("client_name", "redirect_uris")));
      assertThat(store.clients().find(ID)).contains(changed);
    }

    @Test
    void areNoticedOnce() {
      agreed();
      host.serve(URL, FakeHost.document(URL, "Other", CALLBACK));
      time.pass(Duration.ofMinutes(10));
      found();
      time.pass(Duration.ofMinutes(10));
      found();

      assertThat(audit).hasSize(1);
    }

    @Test
    void areNoticedAfterARestart() {
      agreed();
      documents = documents(DocumentPolicy.DEFAULTS);
      host.serve(URL, FakeHost.document(URL, "Other", CALLBACK));
      time.pass(Freshness.FLOOR);

      found();

      assertThat(audit)
          .containsExactly(
              new AuditEvent.DocumentChanged(time.instant(), "r1", ID, List.of("client_name")));
    }

    @Test
    void neverHoldUpAClientThatHasAGrant() {
      RegisteredClient client = agreed();
      host.serve(URL, FakeHost.document(URL, "Other", CALLBACK));
      time.pass(Duration.ofMinutes(10));
      host.asked.clear();

      assertThat(documents.current(client)).contains(client);
      assertThat(host.asked).isEmpty();
      background.remove().run();

      assertThat(documents.current(client).orElseThrow().metadata().name()).isEqualTo("Other");
      assertThat(audit)
          .containsExactly(
              new AuditEvent.DocumentChanged(time.instant(), "-", ID, List.of("client_name")));
    }

    @Test
    void areLookedForOnceAMinuteWhateverComesOfIt() {
      RegisteredClient client = agreed();
      host.refuse(URL, new FetchRefusal.Unreachable());
      time.pass(Duration.ofMinutes(10));

      documents.current(client);
      documents.current(client);
      assertThat(background).hasSize(1);
      background.remove().run();
      time.pass(Duration.ofSeconds(59));
      documents.current(client);
      assertThat(background).isEmpty();
      time.pass(Duration.ofSeconds(1));
      assertThat(documents.current(client)).contains(client);
      assertThat(background).hasSize(1);
    }

    @Test
    void neverMakeAnOldDocumentLastLonger() {
      RegisteredClient client = agreed();
      host.refuse(URL, new FetchRefusal.Unreachable());
      for (int hours = 0; hours < 25; hours++) {
        time.pass(Duration.ofHours(1));
        documents.current(client);
        background.forEach(Runnable::run);
        background.clear();
      }

      assertThat(refusal())
          .isEqualTo(new DocumentRefusal.NotFetched(new FetchRefusal.Unreachable()));
      assertThat(documents.current(client)).contains(client);
    }
  }

  @Nested
  class Keys {
    private RegisteredClient proven() {
      ClientMetadata metadata =
          new ClientMetadata(
              "Example",
              List.of(new RedirectUri(CALLBACK)),
              "private_key_jwt",
              List.of("authorization_code"),
              List.of("code"),
              null,
              null,
              Map.of());
      RegisteredClient client =
          new RegisteredClient(ID, ClientKind.DOCUMENT, null, null, metadata, time.instant());
      store.clients().keep(client);
      return client;
    }

    @Test
    void areReadAgainBeforeTheyAreUsed() {
      RegisteredClient before = proven();
      time.pass(Duration.ofMinutes(1));
      host.serve(URL, DOCUMENT);

      Optional<RegisteredClient> now = documents.current(before);

      assertThat(now.orElseThrow().metadata().isPublic()).isTrue();
      assertThat(audit)
          .containsExactly(
              new AuditEvent.DocumentChanged(
                  time.instant(), "-", ID, List.of("token_endpoint_auth_method")));
    }

    @Test
    void areGoodWhileTheHostIsDown() {
      RegisteredClient before = proven();
      time.pass(Duration.ofDays(7));
      host.refuse(URL, new FetchRefusal.Unreachable());

      assertThat(documents.current(before)).contains(before);
    }

    @Test
    void areNotAskedForAgainWithinAMinuteWhileTheHostIsDown() {
      RegisteredClient before = proven();
      time.pass(Duration.ofDays(7));
      host.refuse(URL, new FetchRefusal.Unreachable());
      documents.current(before);

      assertThat(documents.current(before)).contains(before);
      assertThat(host.asked).hasSize(1);
    }

    @Test
    void goWithTheDocument() {
      RegisteredClient before = proven();
      time.pass(Duration.ofMinutes(1));
      host.refuse(URL, new FetchRefusal.StatusNotOk(404));

      assertThat(documents.current(before)).isEmpty();
    }
  }
}
