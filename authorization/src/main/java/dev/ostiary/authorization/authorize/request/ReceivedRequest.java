package dev.ostiary.authorization.authorize.request;

import dev.ostiary.http.Request;
import dev.ostiary.protocol.Parameters;
import java.util.Optional;

/** What was asked: a request whose parameters can be read, and of which nothing is proven yet. */
record ReceivedRequest(Request request, Parameters parameters) {
  Optional<String> first(String parameter) {
    return parameters.first(parameter);
  }
}
