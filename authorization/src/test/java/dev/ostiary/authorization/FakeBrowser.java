package dev.ostiary.authorization;

import dev.ostiary.http.Body;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser as far as these tests need one: it keeps cookies and fills in forms. */
public final class FakeBrowser {
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\">");

  public final Map<String, String> cookies = new LinkedHashMap<>();
  private final List<Endpoint> endpoints;
  private final String host;

  public FakeBrowser(List<Endpoint> endpoints, String host) {
    this.endpoints = endpoints;
    this.host = host;
  }

  public Reply get(String pathAndQuery, String... headers) {
    String[] parts = pathAndQuery.split("\\?", 2);
    return send("GET", parts[0], parts.length > 1 ? parts[1] : "", "", headers);
  }

  public Reply post(String path, Map<String, String> form, String... headers) {
    return send("POST", path, "", encode(form), headers);
  }

  /** Follows a redirect to one of our own endpoints. */
  public Reply callback(String pathAndQuery) {
    return get(pathAndQuery);
  }

  public Reply send(String method, String path, String query, String body, String... headers) {
    Headers all =
        Headers.of(headers)
            .with("Host", host)
            .with("Content-Type", "application/x-www-form-urlencoded");
    if (!cookies.isEmpty() && !all.has("Cookie")) {
      all = all.with("Cookie", cookieHeader());
    }
    Request request =
        new Request(
            "request-1",
            method,
            path,
            query,
            all,
            Body.utf8(body),
            InetAddress.getLoopbackAddress());
    Reply reply = endpoint(method, path).handle(request);
    reply.headers().all("Set-Cookie").forEach(this::keep);
    return reply;
  }

  public String cookieHeader() {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  /** The hidden fields of a page's first form. */
  public static Map<String, String> form(Reply page) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher matcher = HIDDEN.matcher(html(page));
    while (matcher.find()) {
      fields.put(matcher.group(1), matcher.group(2));
    }
    return fields;
  }

  public static String html(Reply page) {
    return ((Body.Whole) page.body()).utf8();
  }

  /** Where it leads, by a redirect, or by a page that goes on by itself. */
  public static String location(Reply reply) {
    return reply
        .headers()
        .first("Location")
        .or(() -> reply.headers().first("Refresh").map(to -> to.substring("0;url=".length())))
        .orElseThrow();
  }

  /** The query of where a reply redirects to. */
  public static Map<String, String> answer(Reply reply) {
    return answer(location(reply));
  }

  public static Map<String, String> answer(String uri) {
    Map<String, String> answer = new LinkedHashMap<>();
    for (String pair : URI.create(uri).getRawQuery().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      answer.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return answer;
  }

  public static String encode(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(
            each ->
                each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private Endpoint endpoint(String method, String path) {
    return endpoints.stream()
        .filter(each -> each.route().path().equals(path))
        .filter(each -> each.route().methods().contains(method.equals("HEAD") ? "GET" : method))
        .findFirst()
        .orElseThrow();
  }

  private void keep(String header) {
    String[] pair = header.split(";", 2)[0].split("=", 2);
    if (header.contains("Max-Age=0")) {
      cookies.remove(pair[0]);
    } else {
      cookies.put(pair[0], pair[1]);
    }
  }
}
