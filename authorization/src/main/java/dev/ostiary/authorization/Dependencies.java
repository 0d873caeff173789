package dev.ostiary.authorization;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.client.document.DocumentFetch;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.http.fetch.GuardedFetch;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What an authorization server is given to work with. Its owner closes it.
 *
 * @param keyFetch reads the keys of clients that keep them at an address of their own
 * @param documents fetches the metadata documents of clients
 * @param background runs what no reply waits for, such as giving an upstream token back
 * @param scheduler runs what is repeated: four tasks, each of which may block
 */
public record Dependencies(
    Store store,
    MasterKey masterKey,
    AuditLog audit,
    GuardedFetch keyFetch,
    DocumentFetch documents,
    Executor background,
    ScheduledExecutorService scheduler,
    InstantSource time) {}
