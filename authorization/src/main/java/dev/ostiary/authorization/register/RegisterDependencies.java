package dev.ostiary.authorization.register;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.client.registration.ClientSecrets;
import dev.ostiary.authorization.client.registration.Registration;
import dev.ostiary.authorization.client.registration.RegistrationPolicy;
import dev.ostiary.authorization.grant.ClientRemoval;
import dev.ostiary.authorization.store.ClientStore;
import java.time.InstantSource;

/**
 * What the registration and client configuration endpoints work with.
 *
 * @param policy who may register
 * @param registration what they may register
 */
public record RegisterDependencies(
    RegistrationPolicy policy,
    Registration registration,
    ClientStore clients,
    ClientRemoval removal,
    ClientSecrets secrets,
    AuditLog audit,
    InstantSource time) {}
