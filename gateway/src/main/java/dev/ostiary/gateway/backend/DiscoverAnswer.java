package dev.ostiary.gateway.backend;

import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.mcp.Response;
import dev.ostiary.mcp.RpcError;
import java.util.Optional;

/**
 * What a backend answers to {@code server/discover}. Backends of older revisions do not know the
 * method, and say so in many ways: with any status, in any form, or by an error that is for no
 * request. Clients fall back to {@code initialize} if the method is not found.
 */
final class DiscoverAnswer {
  private static final int METHOD_NOT_FOUND = RpcError.methodNotFound().code();

  private DiscoverAnswer() {}

  /** Whether it is one, a result or an error of the modern era, and can be passed on. */
  static boolean isProper(int status, Optional<Response> response, BackendRequest request) {
    if (response.isEmpty() || !response.get().answers(request.id())) {
      return false;
    }
    Response.Failure error = response.get().error();
    return error == null ? status == 200 : status < 500 && error.code() != METHOD_NOT_FOUND;
  }

  /** Tells the client that the backend is of an older era. */
  static void notOffered(CallReply reply, BackendRequest request) {
    reply.json(404, RpcError.methodNotFound().toJson(request.id()));
  }
}
