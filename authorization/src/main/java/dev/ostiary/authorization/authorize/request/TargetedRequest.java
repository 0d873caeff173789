package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.protocol.CodeChallenge;
import java.util.List;

/** A request for one of our servers; for the person to choose, if it names none. */
record TargetedRequest(
    ProvenRequest request, CodeChallenge codeChallenge, List<ProtectedServer> servers) {}
