package dev.ostiary.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A person with a browser: follows redirects, keeps cookies, and approves every form on the way.
 */
final class Person {
  private static final int MAX_STEPS = 20;
  private static final Pattern FORM =
      Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern HIDDEN =
      Pattern.compile("<input\\b[^>]*type=\"hidden\"[^>]*>", Pattern.CASE_INSENSITIVE);
  private static final Pattern BUTTON =
      Pattern.compile("<button\\b[^>]*value=\"approve\"[^>]*>", Pattern.CASE_INSENSITIVE);

  private final HttpClient http;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  Person(HttpClient http) {
    this.http = http;
  }

  /** Opens an authorization URL; the answer is where the browser would leave for the client. */
  URI signIn(URI authorizationUrl, URI redirectUri) throws IOException, InterruptedException {
    HttpRequest.Builder step = HttpRequest.newBuilder(authorizationUrl);
    for (int steps = 0; steps < MAX_STEPS; steps++) {
      HttpResponse<String> response = open(step);
      URI here = response.uri();
      String location = response.headers().firstValue("Location").orElse(null);
      if (location == null) {
        step = approve(here, response);
        continue;
      }
      URI next = here.resolve(location);
      if (next.toString().startsWith(redirectUri + "?")) {
        return next;
      }
      step = HttpRequest.newBuilder(next);
    }
    throw new AssertionError("no answer for the client after " + MAX_STEPS + " steps");
  }

  /** What the browser sends to open an address, with the cookies that it has by now. */
  HttpRequest.Builder request(URI address) {
    return withCookies(HttpRequest.newBuilder(address)).header("Accept", "text/html");
  }

  private HttpRequest.Builder withCookies(HttpRequest.Builder step) {
    if (!cookies.isEmpty()) {
      step.header(
          "Cookie",
          cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; ")));
    }
    return step;
  }

  private HttpResponse<String> open(HttpRequest.Builder step)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            withCookies(step).header("Accept", "text/html").build(),
            HttpResponse.BodyHandlers.ofString());
    response.headers().allValues("Set-Cookie").forEach(this::keep);
    return response;
  }

  private void keep(String line) {
    String pair = line.split(";", 2)[0];
    int split = pair.indexOf('=');
    if (line.toLowerCase(java.util.Locale.ROOT).contains("max-age=0")) {
      cookies.remove(pair.substring(0, split));
    } else {
      cookies.put(pair.substring(0, split), pair.substring(split + 1));
    }
  }

  private static HttpRequest.Builder approve(URI here, HttpResponse<String> page) {
    Matcher form = FORM.matcher(page.body());
    if (page.statusCode() != 200 || !form.find()) {
      throw new AssertionError(
          here.getPath() + " answered " + page.statusCode() + " without a form");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    HIDDEN.matcher(form.group(2)).results().forEach(input -> add(fields, input.group()));
    BUTTON.matcher(form.group(2)).results().forEach(button -> add(fields, button.group()));
    return HttpRequest.newBuilder(here.resolve(attribute(form.group(1), "action")))
        .header("Origin", here.resolve("/").toString().replaceAll("/$", ""))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(Journey.form(fields), StandardCharsets.UTF_8));
  }

  private static void add(Map<String, String> fields, String tag) {
    fields.put(attribute(tag, "name"), attribute(tag, "value"));
  }

  private static String attribute(String tag, String name) {
    Matcher matcher = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
    if (!matcher.find()) {
      throw new AssertionError(name + " is missing in " + tag);
    }
    return matcher
        .group(1)
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#34;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }
}
