package dev.ostiary.simulator;

import dev.ostiary.http.Body;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Service;
import dev.ostiary.simulator.http.Parameters;
import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without a socket: keeps cookies, follows redirects within GitHub, fills in forms. */
public final class FakeBrowser {
  private static final Pattern HIDDEN =
      Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

  private final Service service;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  FakeBrowser(Service service) {
    this.service = service;
  }

  /** Opens an address and follows redirects as long as they stay here. */
  public Reply open(String path) {
    Reply reply = send("GET", path, Headers.none(), "");
    while (reply.status() == 302 && location(reply).startsWith("/")) {
      reply = send("GET", location(reply), Headers.none(), "");
    }
    return reply;
  }

  /** Presses a button of the page: its hidden fields, and what else is chosen. */
  Reply submit(Reply page, String action, String... chosen) {
    StringBuilder form = new StringBuilder();
    Matcher hidden = HIDDEN.matcher(text(page));
    while (hidden.find()) {
      form.append(Parameters.pair(hidden.group(1), hidden.group(2).replace("&amp;", "&")))
          .append('&');
    }
    for (int i = 0; i < chosen.length; i += 2) {
      form.append(Parameters.pair(chosen[i], chosen[i + 1])).append('&');
    }
    Headers headers = Headers.of("Content-Type", "application/x-www-form-urlencoded");
    Reply reply = send("POST", action, headers, form.toString());
    return reply.status() == 302 && location(reply).startsWith("/") ? open(location(reply)) : reply;
  }

  void forgetCookies() {
    cookies.clear();
  }

  Reply send(String method, String target, Headers headers, String body) {
    Headers all = headers;
    if (!cookies.isEmpty()) {
      String line =
          String.join(
              "; ", cookies.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
      all = headers.with("Cookie", line);
    }
    Reply reply = exchange(service, method, target, all, body);
    for (String cookie : reply.headers().all("Set-Cookie")) {
      String pair = cookie.substring(0, cookie.indexOf(';'));
      cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return reply;
  }

  public static Reply exchange(
      Service service, String method, String target, Headers headers, String body) {
    AtomicReference<Reply> reply = start(service, method, target, headers, body);
    return java.util.Objects.requireNonNull(reply.get(), "no answer yet");
  }

  public static AtomicReference<Reply> start(
      Service service, String method, String target, Headers headers, String body) {
    int mark = target.indexOf('?');
    Request request =
        new Request(
            "r-1",
            method,
            mark < 0 ? target : target.substring(0, mark),
            mark < 0 ? "" : target.substring(mark + 1),
            headers,
            Body.utf8(body),
            InetAddress.getLoopbackAddress());
    AtomicReference<Reply> answered = new AtomicReference<>();
    service.serve(
        new Exchange() {
          @Override
          public Request request() {
            return request;
          }

          @Override
          public void reply(Reply reply) {
            answered.compareAndSet(null, reply);
          }

          @Override
          public void onAbort(Runnable action) {
            // nobody goes away
          }
        });
    return answered;
  }

  static String location(Reply reply) {
    return reply.headers().first("Location").orElseThrow();
  }

  /** The parameters that the application is sent. */
  static Parameters callback(Reply reply) {
    return Parameters.parse(URI.create(location(reply)).getRawQuery());
  }

  public static String text(Reply reply) {
    return ((Body.Whole) reply.body()).utf8();
  }
}
