package dev.ostiary.embed.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person's browser: keeps cookies, follows redirects, and approves what it is asked. */
final class Browser {
  private static final int MOST_STEPS = 10;
  private static final Pattern FORM = Pattern.compile("(?s)<form\\b([^>]*)>(.*?)</form>");
  private static final Pattern FIELD =
      Pattern.compile("<input\\b[^>]*type=\"hidden\"[^>]*>|<button\\b[^>]*value=\"approve\"[^>]*>");

  private final Network network;
  private final Map<String, Map<String, String>> cookies = new HashMap<>();

  Browser(Network network) {
    this.network = network;
  }

  /** The page at an address, without what leads to it. */
  Reply open(URI uri) throws IOException {
    Reply reply = network.get(uri, headers(uri).with("Accept", "text/html"));
    keep(uri, reply);
    return reply;
  }

  /** Opens an authorization URL, approves, and returns the address that leaves for the client. */
  URI signIn(URI authorizationUrl, String redirectUri) throws IOException {
    URI here = authorizationUrl;
    Reply reply = open(here);
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      String location = reply.headers().first("Location").orElse(null);
      if (location == null) {
        assertThat(reply.status()).as(Network.text(reply)).isEqualTo(200);
        reply = approve(here, Network.text(reply));
        continue;
      }
      if (location.startsWith(redirectUri + "?")) {
        return URI.create(location);
      }
      here = here.resolve(location);
      reply = open(here);
    }
    throw new AssertionError("the browser never came back to the client");
  }

  private Reply approve(URI here, String page) throws IOException {
    Matcher form = FORM.matcher(page);
    assertThat(form.find()).as("a form on the page %s", here.getPath()).isTrue();
    Map<String, String> fields =
        FIELD
            .matcher(form.group(2))
            .results()
            .map(MatchResult::group)
            .collect(
                Collectors.toMap(
                    tag -> attribute(tag, "name"),
                    tag -> attribute(tag, "value"),
                    (first, _) -> first,
                    LinkedHashMap::new));
    URI target = here.resolve(attribute(form.group(1), "action"));
    Headers headers =
        headers(target)
            .with("Origin", target.getScheme() + "://" + target.getRawAuthority())
            .with("Content-Type", "application/x-www-form-urlencoded");
    Reply reply = network.post(target, headers, Query.of(fields));
    keep(target, reply);
    return reply;
  }

  private Headers headers(URI uri) {
    Map<String, String> kept = cookies.getOrDefault(uri.getHost(), Map.of());
    String line = kept.entrySet().stream().map(Object::toString).collect(Collectors.joining("; "));
    return line.isEmpty() ? Headers.none() : Headers.of("Cookie", line);
  }

  private void keep(URI uri, Reply reply) {
    Map<String, String> kept = cookies.computeIfAbsent(uri.getHost(), _ -> new LinkedHashMap<>());
    for (String line : reply.headers().all("Set-Cookie")) {
      String[] pair = line.split(";", 2)[0].split("=", 2);
      if (line.contains("Max-Age=0")) {
        kept.remove(pair[0]);
      } else {
        kept.put(pair[0], pair[1]);
      }
    }
  }

  private static String attribute(String tag, String name) {
    Matcher matcher = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
    assertThat(matcher.find()).as("%s of a field of the form", name).isTrue();
    return matcher.group(1).replace("&#34;", "\"").replace("&#39;", "'").replace("&amp;", "&");
  }
}
