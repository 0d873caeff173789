package dev.ostiary.authorization.authorize.callback;

import dev.ostiary.authorization.authorize.response.ResponseTarget;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.http.Request;
import java.time.Instant;

/**
 * A sign-in whose upstream has answered.
 *
 * @param request the callback
 * @param to where the client's answer is sent
 * @param at when the upstream had answered
 */
record ReturnedSignIn(
    Request request, SignIn signIn, ResponseTarget to, Upstream upstream, Instant at) {}
