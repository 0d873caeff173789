package dev.ostiary.authorization.store;

import dev.ostiary.authorization.hash.DescriptionHash;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.time.Instant;

/**
 * What a person has agreed to and need not be asked again for a while. It is no grant: it gives a
 * client nothing but a sign-in without a question.
 *
 * @param redirectUri where the answer went, exactly
 * @param scopes those of that decision, no more
 * @param description of the client as the person was shown it
 */
public record Approval(
    Subject subject,
    ClientId client,
    RedirectUri redirectUri,
    Resource resource,
    Scopes scopes,
    DescriptionHash description,
    Instant approvedAt,
    Instant expiresAt) {}
