package dev.ostiary.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.http.Body;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An exchange without sockets. */
final class FakeExchange implements Exchange {
  private final Request request;
  private final List<Runnable> onAbort = new ArrayList<>();
  private volatile @Nullable Reply reply;
  private boolean aborted;

  FakeExchange(Request request) {
    this.request = request;
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public synchronized void reply(Reply first) {
    if (reply == null) {
      reply = first;
    }
  }

  @Override
  public synchronized void onAbort(Runnable action) {
    if (aborted) {
      action.run();
    } else {
      onAbort.add(action);
    }
  }

  synchronized void abort() {
    aborted = true;
    onAbort.forEach(Runnable::run);
  }

  boolean isAnswered() {
    return reply != null;
  }

  Reply answer() {
    return Objects.requireNonNull(reply, "no answer yet");
  }

  int status() {
    return answer().status();
  }

  String header(String name) {
    return answer().headers().first(name).orElse("");
  }

  String text() {
    return new String(((Body.Whole) answer().body()).bytes(), UTF_8);
  }

  JsonNode json() {
    return JsonMapper.shared().readTree(text());
  }

  int code() {
    return json().at("/error/code").asInt(0);
  }
}
