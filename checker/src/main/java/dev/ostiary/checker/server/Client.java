package dev.ostiary.checker.server;

import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.Form;
import dev.ostiary.checker.http.RecordingHttpClient;
import dev.ostiary.protocol.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A client as the authorization server knows it.
 *
 * @param answer to its registration; null if it was registered beforehand
 * @param redirectUri where its answers go
 */
public record Client(
    String id,
    @Nullable Secret secret,
    String redirectUri,
    @Nullable Answer answer,
    @Nullable String managementUri,
    @Nullable Secret managementToken) {
  /** A client that has only a name. */
  public static Client named(String id, @Nullable Secret secret, String redirectUri) {
    return new Client(id, secret, redirectUri, null, null, null);
  }

  /** Whether it can be looked after by RFC 7592. */
  public boolean manageable() {
    return managementUri != null && managementToken != null;
  }

  /** The form, with what authenticates this client in its content. */
  public Form in(Form form) {
    Form named = form.and("client_id", id);
    return secret == null ? named : named.and("client_secret", secret.reveal());
  }

  /** Sends a form that this client authenticates in the way that it is registered with. */
  public Answer send(RecordingHttpClient http, String endpoint, Form form) throws IOException {
    String method = answer == null ? null : answer.member("token_endpoint_auth_method");
    return secret != null && "client_secret_basic".equals(method)
        ? http.form(endpoint, form, "Authorization", basic())
        : http.form(endpoint, in(form));
  }

  /** The value of {@code Authorization} that authenticates it (RFC 6749 §2.3.1). */
  public String basic() {
    String[] parts = {id, secret == null ? "" : secret.reveal()};
    return basic(parts[0], parts[1]);
  }

  public static String basic(String id, String secret) {
    String encoded = Form.of(id, secret).toString().replaceFirst("=", ":");
    return "Basic " + Base64.getEncoder().encodeToString(encoded.getBytes(StandardCharsets.UTF_8));
  }

  /** The name only. */
  @Override
  public String toString() {
    return "client " + id;
  }
}
