package dev.ostiary.authorization.authorize;

import dev.ostiary.authorization.consent.ConsentRequest;

/** A request of which it is known what the client would get. */
record ScopedRequest(ProvenRequest request, ConsentRequest consent) {}
