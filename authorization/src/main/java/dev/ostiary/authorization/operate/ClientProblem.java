package dev.ostiary.authorization.operate;

import dev.ostiary.authorization.client.redirect.RedirectRules;
import dev.ostiary.protocol.ClientId;

/** Why a client is not added or removed. */
public sealed interface ClientProblem {
  /**
   * The id cannot be one.
   *
   * @param what the predicate of a sentence about it
   */
  record BadId(String what) implements ClientProblem {}

  /**
   * The name cannot be one.
   *
   * @param what the predicate of a sentence about it
   */
  record BadName(String what) implements ClientProblem {}

  /** Without a redirect URI a client cannot sign users in. */
  record NoRedirectUri() implements ClientProblem {}

  /** It may not be registered. */
  record BadRedirectUri(String uri, RedirectRules.Refusal refusal) implements ClientProblem {}

  /** Another client has this id. */
  record IdTaken(ClientId id) implements ClientProblem {}

  /** There is no such client. */
  record Unknown(ClientId id) implements ClientProblem {}

  /** It stands in the configuration, and stays for as long as it does. */
  record Configured(ClientId id) implements ClientProblem {}

  /** What the operator is told. */
  default String text() {
    return switch (this) {
      case BadId(String what) -> "the client's id " + what;
      case BadName(String what) -> "the client's name " + what;
      case NoRedirectUri() -> "the client needs a redirect URI";
      case BadRedirectUri(String uri, RedirectRules.Refusal refusal) ->
          "the redirect URI " + uri + " " + refusal.text();
      case IdTaken(ClientId id) -> "there is a client " + id + " already";
      case Unknown(ClientId id) -> "there is no client " + id;
      case Configured(ClientId id) ->
          "client " + id + " stands in the configuration: take it out there";
    };
  }
}
