package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a client that is a script in a web page of another origin can send and read (CORS). */
@ExtendWith(WithProgram.class)
final class BrowserClientIT {
  private static final String SENDS =
      """
      async ([url, length]) => {
        const reply = await fetch(url, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            'Authorization': 'Bearer none',
            'MCP-Protocol-Version': '2026-07-28',
            'Mcp-Method': 'tools/call',
            'Mcp-Name': 'calculate',
            'Mcp-Param-Region': 'eu',
            'traceparent': '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
            'tracestate': 'a=b',
            'baggage': 'c=d'
          },
          body: ' '.repeat(length)
        });
        return [reply.status, reply.headers.get('WWW-Authenticate'), reply.headers.get('X-Request-Id')];
      }
      """;
  private static final String READS =
      """
      async url => {
        const reply = await fetch(url, {headers: {'MCP-Protocol-Version': '2026-07-28'}});
        return [reply.status, reply.headers.get('X-Request-Id')];
      }
      """;

  @Test
  void sendsAllThatIsForwardedAndReadsEveryAnswer(Program program) throws IOException {
    String server = program.server().toString();
    try (Chromium chromium = Chromium.start();
        ClientListener elsewhere = ClientListener.start();
        BrowserContext context = chromium.browser().newContext()) {
      Page page = context.newPage();
      page.navigate(elsewhere.redirectUri());

      List<?> refused = (List<?>) page.evaluate(SENDS, List.of(server, 10));
      assertThat(refused.get(0)).isEqualTo(401);
      assertThat((String) refused.get(1)).contains("resource_metadata=");
      assertThat((String) refused.get(2)).isNotEmpty();

      assertThat(read(page, program.server().resolve("/token"), 70_000)).isEqualTo(413);
      for (String nothing :
          List.of("/.well-known/oauth-protected-resource/none", "/elsewhere/mcp")) {
        assertThat(read(page, program.server().resolve(nothing).toString())).isEqualTo(404);
      }
      // Without a field that a browser would ask for first: nothing is said about such an address.
      String reads = "async url => (await fetch(url)).status";
      assertThat(page.evaluate(reads, server + "?" + "x".repeat(9000))).isEqualTo(414);
    }
  }

  private static int read(Page page, URI token, int length) {
    String posts =
        "async ([url, length]) => (await fetch(url, {method: 'POST', body:"
            + " 'x'.repeat(length)})).status";
    return (int) page.evaluate(posts, List.of(token.toString(), length));
  }

  private static int read(Page page, String url) {
    List<?> read = (List<?>) page.evaluate(READS, url);
    assertThat((String) read.get(1)).isNotEmpty();
    return (int) read.get(0);
  }
}
