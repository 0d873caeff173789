package dev.ostiary.authorization.authorize.request;

import dev.ostiary.protocol.CodeChallenge;

/** A request whose code will be bound to whoever holds the verifier. */
record ChallengedRequest(ProvenRequest request, CodeChallenge codeChallenge) {}
