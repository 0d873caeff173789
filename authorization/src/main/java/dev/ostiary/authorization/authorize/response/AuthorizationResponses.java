package dev.ostiary.authorization.authorize.response;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.authorize.session.Sessions;
import dev.ostiary.authorization.client.redirect.RedirectTarget;
import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.WireError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Sends browsers back to clients: with {@code code} or {@code error}, then the client's {@code
 * state} as it came, then {@code iss} (RFC 6749 §4.1.2, RFC 9207 §2). Always with 303, so that
 * nothing a person typed is sent along (RFC 9700 §4.12).
 */
public final class AuthorizationResponses {
  private final Issuer issuer;
  private final Pages pages;
  private final ErrorRedirectPolicy unasked;
  private final AuditLog audit;
  private final InstantSource time;

  private AuthorizationResponses(
      Issuer issuer, Pages pages, ErrorRedirectPolicy unasked, AuditLog audit, InstantSource time) {
    this.issuer = issuer;
    this.pages = pages;
    this.unasked = unasked;
    this.audit = audit;
    this.time = time;
  }

  public static AuthorizationResponses of(
      Issuer issuer,
      Pages pages,
      Sessions sessions,
      Approvals approvals,
      AuditLog audit,
      InstantSource time) {
    return new AuthorizationResponses(
        issuer, pages, new ErrorRedirectPolicy(sessions, approvals, time), audit, time);
  }

  /** The client gets its code. */
  public Reply code(Request request, ResponseTarget to, String code) {
    return send(request, to, Map.of("code", code));
  }

  /** The client gets an error that a person has brought about, by a decision or a sign-in. */
  public Reply decided(Request request, ResponseTarget to, WireError error) {
    return send(request, to, error.parameters());
  }

  /** No user has decided yet: the error is shown, and sent only where that is harmless. */
  public Reply refused(Request request, AuthorizationRefusal refusal) {
    audit.record(RefusedRequest.event(request, refusal, time.instant()));
    return switch (refusal) {
      case AuthorizationRefusal.ShownToUser(var problem) ->
          pages.problem(Language.of(request.headers()), problem, request.id());
      case AuthorizationRefusal.SentToClient(
              RegisteredClient client,
              ResponseTarget to,
              WireError error) ->
          unasked.isAllowed(request, client, to.redirect().uri())
              ? decided(request, to, error)
              : pages.returnToApp(
                  Language.of(request.headers()),
                  to.redirect().uri(),
                  link(to, error.parameters()),
                  error.parameters());
    };
  }

  /** The same request once more, of a user who wants to choose an account at the upstream. */
  public String again(SignIn signIn, ResponseTarget to) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("response_type", "code");
    request.put("client_id", signIn.client().value());
    request.put("redirect_uri", signIn.redirectUri().value());
    request.put("scope", signIn.scopes().toWire());
    request.put("resource", signIn.resource().value());
    request.put("code_challenge", signIn.codeChallenge().value());
    request.put("code_challenge_method", "S256");
    if (to.state() != null) {
      request.put("state", to.state());
    }
    request.put("prompt", "select_account");
    return issuer.path()
        + "/authorize?"
        + request.entrySet().stream()
            .map(
                each ->
                    each.getKey()
                        + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
  }

  /** The redirect URI with this answer. */
  public String link(ResponseTarget to, Map<String, String> answer) {
    Map<String, String> parameters = new LinkedHashMap<>(answer);
    if (to.state() != null) {
      parameters.put("state", to.state());
    }
    parameters.put("iss", issuer.value());
    return to.redirect().withParameters(parameters);
  }

  private Reply send(Request request, ResponseTarget to, Map<String, String> answer) {
    String location = link(to, answer);
    RedirectUri uri = to.redirect().uri();
    return RedirectTarget.of(uri).kind() == RedirectTarget.Kind.CUSTOM_SCHEME
        ? pages.backToProgram(Language.of(request.headers()), to.clientName(), uri, location)
        : redirect(location);
  }

  private static Reply redirect(String location) {
    return Reply.seeOther(location).noStore().with("Referrer-Policy", "no-referrer");
  }
}
