package dev.ostiary.connector.local;

import dev.ostiary.connector.Connector;
import dev.ostiary.http.Body;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser at the sign-in page of a connector. */
final class LocalBrowser {
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\">");

  private final Endpoint endpoint;
  private final Headers headers;
  private final InetAddress address;

  LocalBrowser(Connector connector) {
    this(connector, Headers.none(), "127.0.0.1");
  }

  LocalBrowser(Connector connector, Headers headers, String address) {
    this.endpoint = connector.endpoints().getFirst();
    this.headers = headers;
    try {
      this.address = InetAddress.getByName(address);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  Reply get(URI uri) {
    return send("GET", uri.getRawQuery(), "");
  }

  /** Fills in the form of a page and sends it. */
  Reply post(Reply page, String user, String password, String decision) {
    Map<String, String> form = new LinkedHashMap<>();
    Matcher hidden = HIDDEN.matcher(html(page));
    while (hidden.find()) {
      form.put(hidden.group(1), hidden.group(2));
    }
    form.put("user", user);
    form.put("password", password);
    form.put("decision", decision);
    return post(form);
  }

  Reply post(Map<String, String> form) {
    return send(
        "POST",
        "",
        form.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&")));
  }

  static String html(Reply page) {
    return ((Body.Whole) page.body()).utf8();
  }

  private Reply send(String method, String query, String body) {
    return endpoint.handle(
        new Request("request-1", method, "/sign-in", query, headers, Body.utf8(body), address));
  }
}
