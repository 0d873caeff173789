package dev.ostiary.simulator.http;

import dev.ostiary.http.Headers;
import dev.ostiary.http.Request;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every request that arrived, in order, as proof of what was sent and what was not. */
public final class Journal {
  private static final int MOST = 10_000;

  /**
   * One request.
   *
   * @param query its parameters, decoded
   * @param form the parameters of its body, decoded; empty for a body that is no form
   * @param body as it came
   */
  public record Received(
      String method,
      String path,
      Map<String, List<String>> query,
      Headers headers,
      Map<String, List<String>> form,
      String body) {

    /** The value of a form field. */
    public Optional<String> field(String name) {
      return Optional.ofNullable(form.get(name)).map(List::getLast);
    }

    /** The value of a query parameter. */
    public Optional<String> parameter(String name) {
      return Optional.ofNullable(query.get(name)).map(List::getLast);
    }

    /** Where it went; what it carried may be secret. */
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private final Deque<Received> received = new ArrayDeque<>();

  public Journal() {}

  /** What has arrived since the last {@link #clear}; of very many requests, the latest. */
  public synchronized List<Received> requests() {
    return List.copyOf(received);
  }

  /** The requests to one path. */
  public List<Received> requests(String method, String path) {
    return requests().stream()
        .filter(request -> request.method().equals(method) && request.path().equals(path))
        .toList();
  }

  public synchronized void clear() {
    received.clear();
  }

  public synchronized void add(Request request) {
    received.add(
        new Received(
            request.method(),
            request.path(),
            Parameters.query(request).values(),
            request.headers(),
            Parameters.form(request).values(),
            request.body().utf8()));
    if (received.size() > MOST) {
      received.removeFirst();
    }
  }
}
