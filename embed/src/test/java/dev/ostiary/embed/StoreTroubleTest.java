package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people see while the storage does not answer. */
final class StoreTroubleTest {
  private final AttackedOstiary ostiary;
  private final FakeClient app;
  private final FakeBrowser browser;

  StoreTroubleTest() throws GeneralSecurityException {
    ostiary = new AttackedOstiary();
    app = ostiary.register("https://app.example.net/callback");
    browser = ostiary.browser();
  }

  @AfterEach
  void close() {
    ostiary.close();
  }

  @Test
  @Requirement("A-80")
  void isAPageAtEachStepAndNoDeadEnd() {
    browser.signIn(app);
    ostiary.store.fallSilent();
    isAPageThatAsksForPatience(browser.open(app.authorizationUrl()));

    ostiary.store.speakAgain();
    Reply page = browser.open(app.authorizationUrl());
    ostiary.store.fallSilent();
    isAPageThatAsksForPatience(browser.decide(page, "approve"));

    ostiary.store.speakAgain();
    String callback = browser.approve(page);
    ostiary.store.fallSilent();
    isAPageThatAsksForPatience(browser.open(callback));

    ostiary.store.speakAgain();
    assertThat(FakeBrowser.location(browser.open(callback))).contains("code=");
  }

  private static void isAPageThatAsksForPatience(Reply reply) {
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers().first("Retry-After")).contains("1");
    assertThat(reply.headers().first("Content-Type").orElse("")).startsWith("text/html");
    assertThat(FakeExchange.text(reply)).contains("Temporarily unavailable");
  }
}
