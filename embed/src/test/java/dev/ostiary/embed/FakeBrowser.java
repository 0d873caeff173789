package dev.ostiary.embed;

import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser as far as an attack needs one: it keeps our cookies and fills in forms. */
final class FakeBrowser {
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\">");

  final Map<String, String> cookies = new LinkedHashMap<>();
  private final AttackedOstiary ostiary;

  FakeBrowser(AttackedOstiary ostiary) {
    this.ostiary = ostiary;
  }

  /** Opens an address of ours, or a path. */
  Reply open(String address, String... headers) {
    String target = address.replaceFirst("^" + Pattern.quote(AttackedOstiary.URL), "");
    return keep(ostiary.send("GET", target, "", withCookies(Headers.of(headers))));
  }

  /** Sends a form of ours. */
  Reply post(String path, Map<String, String> form, String... headers) {
    Headers all = withCookies(AttackedOstiary.asForm(headers));
    return keep(ostiary.send("POST", path, FakeClient.encode(form), all));
  }

  /** Presses a button of the consent page. */
  Reply decide(Reply page, String decision, String... headers) {
    Map<String, String> form = form(page);
    form.put("decision", decision);
    return post("/consent", form, headers);
  }

  /** Approves, and signs in at GitHub: the address that GitHub sends this browser back to. */
  String approve(Reply page) {
    String authorize = location(decide(page, "approve"));
    return location(ostiary.askGitHub(authorize.substring(AttackedOstiary.GITHUB.length())));
  }

  /** The whole journey of a client's person: the address that it ends at. */
  String signIn(FakeClient client) {
    return location(open(approve(open(client.authorizationUrl()))));
  }

  String cookieHeader() {
    return cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; "));
  }

  /** The hidden fields of a page's form. */
  static Map<String, String> form(Reply page) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher matcher = HIDDEN.matcher(FakeExchange.text(page));
    while (matcher.find()) {
      fields.put(matcher.group(1), matcher.group(2));
    }
    return fields;
  }

  static String location(Reply reply) {
    return reply
        .headers()
        .first("Location")
        .orElseThrow(() -> new AssertionError(reply.status() + " " + FakeExchange.text(reply)));
  }

  private Headers withCookies(Headers headers) {
    return cookies.isEmpty() || headers.has("Cookie")
        ? headers
        : headers.with("Cookie", cookieHeader());
  }

  private Reply keep(Reply reply) {
    for (String line : reply.headers().all("Set-Cookie")) {
      String[] pair = line.split(";", 2)[0].split("=", 2);
      if (line.contains("Max-Age=0")) {
        cookies.remove(pair[0]);
      } else {
        cookies.put(pair[0], pair[1]);
      }
    }
    return reply;
  }
}
