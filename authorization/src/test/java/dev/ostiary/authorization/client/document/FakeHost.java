package dev.ostiary.authorization.client.document;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.http.fetch.Fetched;
import java.net.URI;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A web where these documents are, as a guarded fetch sees it. */
public final class FakeHost implements DocumentFetch {
  /** What was asked for: the URL, and the tag behind it. */
  public final Queue<String> asked = new ConcurrentLinkedQueue<>();

  private final Map<String, Fetched> answers = new ConcurrentHashMap<>();
  private volatile @Nullable CountDownLatch gate;

  /** Puts a document under its own {@code client_id}. */
  public void serve(String url, String json, String... headers) {
    answer(url, new Fetched.Document(Body.utf8(json), Headers.of(headers)));
  }

  public void refuse(String url, FetchRefusal refusal) {
    answer(url, new Fetched.Refused(refusal));
  }

  public void answer(String url, Fetched fetched) {
    answers.put(url, fetched);
  }

  /** Answers nobody until the latch opens. */
  public void holdUntil(CountDownLatch latch) {
    gate = latch;
  }

  @Override
  public Fetched get(URI uri, @Nullable String entityTag) {
    asked.add(entityTag == null ? uri.toString() : uri + " " + entityTag);
    CountDownLatch held = gate;
    if (held != null) {
      try {
        held.await();
      } catch (InterruptedException stopped) {
        throw new AssertionError(stopped);
      }
    }
    return answers.getOrDefault(
        uri.toString(), new Fetched.Refused(new FetchRefusal.StatusNotOk(404)));
  }

  /** A document with nothing wrong. */
  public static String document(String url, String name, String... redirectUris) {
    return """
    {"client_id": "%s", "client_name": "%s", "redirect_uris": ["%s"],
     "grant_types": ["authorization_code", "refresh_token"],
     "token_endpoint_auth_method": "none"}
    """
        .formatted(url, name, String.join("\", \"", redirectUris));
  }
}
