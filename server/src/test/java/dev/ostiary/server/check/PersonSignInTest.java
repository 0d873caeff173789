package dev.ostiary.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.checker.http.RecordingHttpClient;
import dev.ostiary.http.Headers;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.outbound.NettyOutbound;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class PersonSignInTest {
  private static final URI ANY_PORT = URI.create("http://127.0.0.1:0/callback");
  private static final URI AUTHORIZATION = URI.create("https://as.example/authorize?a=b");

  private static final InstantSource TIME = InstantSource.system();

  private String redirectUri = "";
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void printsTheLinkAndTakesTheAnswerOfTheBrowser() throws IOException {
    try (EventLoops loops = EventLoops.start();
        NettyOutbound browser = new NettyOutbound(loops);
        PersonSignIn signIn = listen(loops, _ -> answer(browser, "code=c&state=s"))) {
      redirectUri = signIn.redirectUri();

      URI end =
          signIn.complete(AUTHORIZATION, new RecordingHttpClient(browser, new SystemClock(TIME)));

      assertThat(end).hasToString(signIn.redirectUri() + "?code=c&state=s");
      assertThat(signIn.redirectUri()).matches("http://127\\.0\\.0\\.1:[1-9]\\d*/callback");
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("  " + AUTHORIZATION);
    }
  }

  @Test
  void answersNothingElse() throws IOException {
    try (EventLoops loops = EventLoops.start();
        NettyOutbound browser = new NettyOutbound(loops);
        PersonSignIn signIn = listen(loops, _ -> {})) {
      URI elsewhere = URI.create(signIn.redirectUri()).resolve("/favicon.ico");

      assertThat(browser.exchange(OutboundRequest.get(elsewhere, Headers.none()), 1000).status())
          .isEqualTo(404);
    }
  }

  private PersonSignIn listen(EventLoops loops, Consumer<URI> browser) throws IOException {
    PrintStream terminal = new PrintStream(out, true, StandardCharsets.UTF_8);
    return PersonSignIn.listen(terminal, browser, ANY_PORT, loops, TIME);
  }

  private void answer(NettyOutbound browser, String query) {
    try {
      var _ =
          browser.exchange(
              OutboundRequest.get(URI.create(redirectUri + "?" + query), Headers.none()), 1000);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
