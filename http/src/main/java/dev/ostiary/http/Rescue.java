package dev.ostiary.http;

import java.lang.System.Logger.Level;

/**
 * The one catch: an exception that comes out of an endpoint or service is our fault, is logged
 * under the request's id, and is answered without any of it.
 */
final class Rescue {
  private static final System.Logger LOG = System.getLogger(Rescue.class.getName());

  void run(Exchange exchange, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error failure) {
      Request request = exchange.request();
      LOG.log(Level.ERROR, "Request " + request + " failed", failure);
      exchange.reply(failed(request));
    }
  }

  private static Reply failed(Request request) {
    String json =
        """
        {"error":"server_error","error_description":"Something went wrong here. The log has the \
        reason under the request id %s."}\
        """
            .formatted(request.id());
    return Reply.json(500, json).noStore();
  }
}
