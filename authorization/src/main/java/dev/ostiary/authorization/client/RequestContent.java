package dev.ostiary.authorization.client;

import dev.ostiary.http.Request;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import java.util.Locale;

/** What the content of a request says it is (RFC 9110 §8.3), and its parameters. */
public final class RequestContent {
  private RequestContent() {}

  public static boolean isForm(Request request) {
    return mediaType(request).equals("application/x-www-form-urlencoded");
  }

  public static boolean isJson(Request request) {
    return mediaType(request).equals("application/json");
  }

  /** The parameters of the form that is posted, or else of the query (RFC 6749 §3.1). */
  public static Result<Parameters, Parameters.Refusal> parameters(Request request) {
    return Parameters.parse(
        request.method().equals("POST") ? request.body().utf8() : request.query());
  }

  /** In lower case and without parameters; empty if there is none. */
  private static String mediaType(Request request) {
    String type = request.headers().first("Content-Type").orElse("");
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
