package dev.ostiary.authorization.authorize.request;

import dev.ostiary.http.Request;
import dev.ostiary.protocol.Parameters;

/** A request whose parameters can be read. */
record ReadRequest(Request request, Parameters parameters) {}
