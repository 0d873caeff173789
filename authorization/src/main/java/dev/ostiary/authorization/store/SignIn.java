package dev.ostiary.authorization.store;

import dev.ostiary.authorization.hash.BindingHash;
import dev.ostiary.authorization.hash.DescriptionHash;
import dev.ostiary.authorization.hash.StateHash;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An approved authorization request whose user is at the upstream now.
 *
 * @param state names it; the upstream brings the value back
 * @param binding the browser it belongs to
 * @param scopes those the user approved
 * @param clientState the client's own {@code state}, sealed; null when it sent none
 * @param upstream the name of the upstream
 * @param description of the client as it was when the request was approved
 * @param approvedBefore the user whose earlier approval it rests on; null if the user was asked
 */
public record SignIn(
    StateHash state,
    BindingHash binding,
    ClientId client,
    RedirectUri redirectUri,
    Scopes scopes,
    Resource resource,
    CodeChallenge codeChallenge,
    @Nullable Sealed clientState,
    String upstream,
    DescriptionHash description,
    @Nullable Subject approvedBefore,
    Instant expiresAt) {}
