package dev.ostiary.gateway.reply;

import dev.ostiary.gateway.stream.Termination;
import dev.ostiary.mcp.RpcError;

/** What a client is told about trouble with a backend: its name, and never where it is. */
public final class BackendErrors {
  private BackendErrors() {}

  public static RpcError unreachable(String server) {
    return RpcError.internal("The server " + server + " cannot be reached");
  }

  public static RpcError paused(String server) {
    return RpcError.internal(
        "The server " + server + " could not be reached lately; try again in a moment");
  }

  public static RpcError busy(String server) {
    return RpcError.internal("The server " + server + " is busy; try again in a moment");
  }

  public static RpcError late(String server) {
    return RpcError.internal("The server " + server + " did not answer in time");
  }

  public static RpcError brokenOff(String server) {
    return RpcError.internal("The server " + server + " broke off");
  }

  private static RpcError silent(String server) {
    return RpcError.internal("The server " + server + " has fallen silent");
  }

  public static RpcError unreadable(String server) {
    return RpcError.internal("The server " + server + " answered in a form that cannot be read");
  }

  public static RpcError redirecting(String server) {
    return RpcError.internal("The server " + server + " wants the call to be made elsewhere");
  }

  public static RpcError closed(String server) {
    return RpcError.internal("The server " + server + " refused Ostiary's credentials (401)");
  }

  /** No scope that the client could ask for would change that. */
  public static RpcError notPermitted(String server) {
    return RpcError.unauthorized("The server " + server + " does not permit this call");
  }

  /** An answer without JSON, whose status says all that there is to say. */
  public static RpcError status(String server, int status) {
    String text = "the server " + server + " answered with the status " + status;
    return status < 500 ? RpcError.invalidRequest(text) : RpcError.internal(capital(text));
  }

  /** In place of what is missing of a stream that ends early. */
  public static RpcError ended(String server, Termination why) {
    return switch (why) {
      case UNAUTHORIZED -> RpcError.unauthorized("The access token is not valid any longer");
      case IDLE -> silent(server);
      case BROKEN, CANCELLED, UNANSWERED -> brokenOff(server);
      case STOPPING -> RpcError.internal("This server is shutting down; try again in a moment");
    };
  }

  private static String capital(String text) {
    return "T" + text.substring(1);
  }
}
