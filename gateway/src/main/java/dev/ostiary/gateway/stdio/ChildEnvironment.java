package dev.ostiary.gateway.stdio;

import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Headers;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the children of one server see: four variables at most beside the declared ones. */
final class ChildEnvironment {
  private static final String BEARER = "Bearer ";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofSeconds(5);

  private final String server;
  private final EnvironmentTemplate template;
  private final BackendCredential credential;
  private final UserFacts facts;

  /**
   * The environment of one child.
   *
   * @param token the upstream token in it; null if there is none
   */
  record Ready(Map<String, String> variables, @Nullable Secret token) {}

  /**
   * @param credential gives the upstream token, as a bearer token
   */
  ChildEnvironment(
      String server, EnvironmentTemplate template, BackendCredential credential, UserFacts facts) {
    this.server = server;
    this.template = template;
    this.credential = credential;
    this.facts = facts;
  }

  /** The variables for children of this user, but for {@code HOME}. Blocks. */
  Result<Ready, ChannelFailure> of(Caller caller) {
    Map<Placeholder, String> values = new EnumMap<>(Placeholder.class);
    Secret token = null;
    Set<Placeholder> wanted = template.placeholders();
    for (Placeholder each : wanted) {
      if (each == Placeholder.UPSTREAM_TOKEN) {
        switch (token(caller)) {
          case Result.Ok<Secret, ChannelFailure>(Secret found) -> token = found;
          case Result.Refused<Secret, ChannelFailure>(ChannelFailure failure) -> {
            return Result.refused(failure);
          }
        }
        values.put(each, token.reveal());
        continue;
      }
      Optional<String> value = value(each, caller).filter(text -> !text.isBlank());
      if (value.isEmpty()) {
        return Result.refused(
            new ChannelFailure.Unavailable(502, StdioErrors.lacking(server, each), null, null));
      }
      values.put(each, value.get());
    }
    Map<String, String> variables = new HashMap<>();
    variables.put("PATH", ProcessHost.path());
    variables.put("LANG", "C.UTF-8");
    variables.putAll(template.with(values));
    return Result.ok(new Ready(variables, token));
  }

  private Optional<String> value(Placeholder which, Caller caller) {
    return switch (which) {
      case UPSTREAM_TOKEN -> Optional.empty();
      case SUBJECT -> Optional.of(caller.subject().value());
      case LOGIN -> facts.login(caller);
      case EMAIL -> facts.email(caller);
    };
  }

  /** Whether children are bound to the upstream token that they were started with. */
  boolean hasToken() {
    return template.placeholders().contains(Placeholder.UPSTREAM_TOKEN);
  }

  /** The upstream token as it is now. Blocks. */
  Result<Secret, ChannelFailure> token(Caller caller) {
    if (caller.ownGrant() == null) {
      return Result.refused(
          new ChannelFailure.Unavailable(
              502, StdioErrors.lacking(server, Placeholder.UPSTREAM_TOKEN), null, null));
    }
    return switch (answer(caller)) {
      case BackendCredential.Fields(Headers fields)
          when fields.first("Authorization").orElse("").startsWith(BEARER) ->
          Result.ok(
              new Secret(fields.first("Authorization").orElseThrow().substring(BEARER.length())));
      case BackendCredential.SignInAgain _ -> Result.refused(new ChannelFailure.SignInAgain());
      case BackendCredential.Fields _,
          BackendCredential.NoOther _,
          BackendCredential.Unavailable _ ->
          Result.refused(
              new ChannelFailure.Unavailable(503, StdioErrors.noToken(server), SOON, null));
    };
  }

  private BackendCredential.Answer answer(Caller caller) {
    try {
      return credential
          .fields(caller)
          .toCompletableFuture()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      return new BackendCredential.Unavailable();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return new BackendCredential.Unavailable();
    }
  }
}
