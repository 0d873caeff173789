package dev.ostiary.http.fetch;

import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the head of an answer must say before any of its content is read. */
final class ReplyRules {
  private static final Pattern JSON =
      Pattern.compile("application/([a-z0-9!#$&^_.-]+\\+)?json[ \\t]*(;.*)?");

  private ReplyRules() {}

  static void check(Reply reply, int limit) throws FetchFailure {
    int status = reply.status();
    if (status >= 300 && status < 400) {
      throw new FetchFailure(new FetchRefusal.Redirected(status));
    }
    if (status != 200) {
      throw new FetchFailure(new FetchRefusal.StatusNotOk(status));
    }
    if (!isJson(reply.headers().all("Content-Type"))) {
      throw new FetchFailure(new FetchRefusal.NotJson());
    }
    if (!isPlain(reply.headers())) {
      throw new FetchFailure(new FetchRefusal.Encoded());
    }
    if (announcedLength(reply.headers()) > limit) {
      throw new FetchFailure(new FetchRefusal.TooLarge(limit));
    }
  }

  private static boolean isJson(List<String> types) {
    return types.size() == 1
        && JSON.matcher(types.getFirst().strip().toLowerCase(Locale.ROOT)).matches();
  }

  private static boolean isPlain(Headers headers) {
    return headers.all("Content-Encoding").stream()
        .allMatch(coding -> coding.strip().equalsIgnoreCase("identity"));
  }

  private static long announcedLength(Headers headers) {
    try {
      return headers.first("Content-Length").map(String::strip).map(Long::valueOf).orElse(0L);
    } catch (NumberFormatException strange) {
      return 0;
    }
  }
}
