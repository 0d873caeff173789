package dev.ostiary.server.doctor;

import static dev.ostiary.server.doctor.SignInTrace.text;

import tools.jackson.databind.JsonNode;

/** Audit events in words, and what to do about those that end a journey. */
final class Explained {
  private Explained() {}

  /** What happened. */
  static String of(JsonNode event) {
    String client = text(event, "client");
    return switch (text(event, "event")) {
      case "client.registered" ->
          "The client " + client + " registered itself as \"" + text(event, "client_name") + "\".";
      case "consent.given" ->
          "A person approved it; the answer goes to "
              + text(event, "redirect_host")
              + ", for "
              + text(event, "scope")
              + " at "
              + text(event, "resource")
              + ".";
      case "consent.remembered" -> "A signed-in person had approved it before.";
      case "consent.denied" -> "A person refused it.";
      case "sign-in.refused" ->
          "The sign-in was refused: " + text(event, "reason") + "." + user(event);
      case "callback.refused" ->
          "The upstream sent a browser back that had not begun this sign-in, or came too late.";
      case "grant.created" -> text(event, "user_name") + " signed in, and the client got a code.";
      case "code.redeemed" -> "The client exchanged its code for tokens.";
      case "code.replayed" -> "A used code came again, and the grant ended.";
      case "refresh.rotated" -> "The client refreshed its tokens.";
      case "refresh.repeated" -> "The client sent the same refresh token again, in time.";
      case "refresh.reused" -> "A replaced refresh token came again, and the grant ended.";
      case "grant.ended" -> "The grant ended: " + text(event, "reason") + ".";
      case "token.refused" -> "The token endpoint refused: " + text(event, "reason") + ".";
      case "authorize.refused" ->
          "An authorization request was refused before anybody signed in: "
              + text(event, "reason")
              + ".";
      case "call.refused" ->
          "A call of server "
              + text(event, "server")
              + " was refused: "
              + text(event, "reason")
              + ".";
      case "events.omitted" ->
          text(event, "count") + " more of " + text(event, "of") + " were not written.";
      case "allow.name-changed" ->
          "The "
              + text(event, "kind")
              + " "
              + text(event, "name")
              + " on an allow list is account "
              + text(event, "is")
              + " now, which is not let in; it was "
              + text(event, "was")
              + ".";
      default -> text(event, "event") + " " + text(event, "reason");
    };
  }

  /** Who it was and what they lacked, as far as that was found out. */
  private static String user(JsonNode event) {
    String lacks = text(event, "lacks");
    String name = text(event, "user_name");
    if (lacks.isEmpty()) {
      return "";
    }
    return name.isEmpty()
        ? " " + lacks
        : " " + name + " (" + text(event, "subject") + ") " + lacks + ".";
  }

  /** What to do. */
  static String advice(JsonNode event) {
    return switch (text(event, "event")) {
      case "sign-in.refused" ->
          "Look at the reason: a user who is not allowed has to be in allow.users or a member of"
              + " an organization in allow.organizations; one who refused at the upstream can try"
              + " again; trouble with the upstream is in the log under the same reference.";
      case "callback.refused" ->
          "The sign-in ended in another browser or tab than it began in, took longer than its form"
              + " lives, or was reloaded. The person starts again from the app; if it happens to"
              + " everybody, a proxy drops cookies or the person uses another host name than url"
              + " says.";
      case "token.refused", "code.replayed", "refresh.reused" ->
          "The person was signed in; the client did something wrong after that. The reason is in"
              + " the protocol's own terms; a client that keeps two copies of its tokens looks like"
              + " this too.";
      case "authorize.refused" ->
          "The client sent something wrong: the page names it, with what it was compared with,"
              + " under \"For developers\". If it is an unknown client, it has to register again.";
      case "call.refused" -> refusedCall(text(event, "reason"));
      case "consent.denied" -> "Nothing is wrong: the person said no.";
      default ->
          "This step worked. Where the journey stopped, the last line above is the last one.";
    };
  }

  private static String refusedCall(String reason) {
    return switch (reason) {
      case "no_token" ->
          "Nothing is wrong: this is how every client learns that it has to sign in. If it does not"
              + " sign in after that, it does not read the challenge.";
      case "invalid_token", "token_revoked" ->
          "The access token had expired, or its grant ended (grant.ended says why). A client"
              + " refreshes, or signs in again; one that does neither has to be connected anew.";
      case "other_audience" ->
          "The access token is for another server: the client asked for the wrong resource.";
      case "not_a_guest" -> "The user is not in allow of this server.";
      case "sign_in_again" ->
          "The user's token at the upstream is of no use any more: they sign in again.";
      default -> "The client sent an Authorization header that cannot be read.";
    };
  }
}
