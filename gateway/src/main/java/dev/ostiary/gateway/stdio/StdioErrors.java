package dev.ostiary.gateway.stdio;

import dev.ostiary.mcp.RpcError;

/** What a client is told about trouble with a child: the server's name, and never its command. */
final class StdioErrors {
  private StdioErrors() {}

  static RpcError notStarted(String server) {
    return RpcError.internal("The server " + server + " could not be started");
  }

  static RpcError paused(String server) {
    return RpcError.internal(
        "The server " + server + " has ended unexpectedly; try again in a moment");
  }

  static RpcError lacking(String server, Placeholder what) {
    return RpcError.internal(
        "The server %s needs to know %s, and that is not known of this user"
            .formatted(
                server,
                switch (what) {
                  case UPSTREAM_TOKEN -> "an access token of the user's sign-in";
                  case SUBJECT -> "who the user is";
                  case LOGIN -> "the user's login";
                  case EMAIL -> "the user's verified e-mail address";
                }));
  }

  static RpcError noToken(String server) {
    return RpcError.internal(
        "The server " + server + " needs the user's access token, which cannot be had at present");
  }

  static RpcError restarting(String server) {
    return RpcError.internal("The server " + server + " is being restarted; begin again");
  }

  static RpcError stopped(String server) {
    return RpcError.internal(
        "The server " + server + " was not in use and was stopped; begin again");
  }
}
