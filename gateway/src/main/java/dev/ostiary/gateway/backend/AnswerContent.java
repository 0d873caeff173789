package dev.ostiary.gateway.backend;

import dev.ostiary.http.Body;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.Response;
import java.util.Locale;

/** What a backend's answer says of its content, and whether that is so. */
final class AnswerContent {
  private AnswerContent() {}

  static boolean isJson(Reply answer) {
    String type = answer.headers().first("Content-Type").orElse("");
    int parameters = type.indexOf(';');
    String bare = (parameters < 0 ? type : type.substring(0, parameters)).strip();
    return bare.toLowerCase(Locale.ROOT).equals("application/json");
  }

  /** What is too long to be read ahead is taken for what it begins like. */
  static boolean isJson(Body body, byte[] read) {
    return body instanceof Body.Whole
        ? Response.isJson(read)
        : read.length > 0 && (read[0] == '{' || read[0] == '[' || read[0] <= ' ');
  }

  /** No content coding is ever asked for. */
  static boolean isEncoded(Reply answer) {
    return answer.headers().all("Content-Encoding").stream()
        .anyMatch(coding -> !coding.equalsIgnoreCase("identity"));
  }
}
