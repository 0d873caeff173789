package dev.ostiary.server.operate;

import dev.ostiary.authorization.key.KeyRotation;
import dev.ostiary.authorization.operate.Operator;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.server.audit.AuditFile;
import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.server.data.MasterKeySource;
import dev.ostiary.server.exit.StartRefused;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/** Works on the data itself, which no other process has open meanwhile. */
final class LocalOperating implements Operating {
  /** The configuration allows no longer lifetime of access tokens. */
  private static final Duration LONGEST_ACCESS_TOKEN = Duration.ofDays(1);

  private final Store store;
  private final MasterKeySource masterKey;
  private final AuditFile audit;
  private final InstantSource time;

  private LocalOperating(
      Store store, MasterKeySource masterKey, AuditFile audit, InstantSource time) {
    this.store = store;
    this.masterKey = masterKey;
    this.audit = audit;
    this.time = time;
  }

  /**
   * Opens the data.
   *
   * @throws dev.ostiary.authorization.store.StoreInUse if somebody has it open
   * @throws dev.ostiary.authorization.store.StoreUnavailable saying what else is wrong with it
   */
  static Operating open(DataDirectory directory, MasterKeySource masterKey, InstantSource time)
      throws IOException {
    Store store = directory.openStore();
    try {
      return new LocalOperating(store, masterKey, AuditFile.open(directory.auditStream()), time);
    } catch (IOException failure) {
      store.close();
      throw failure;
    }
  }

  @Override
  public boolean byServer() {
    return false;
  }

  @Override
  public Answer ask(OperatorRequest request, Updates updates) {
    Operator operator;
    try {
      operator = operator(request);
    } catch (StartRefused refused) {
      String reason = String.valueOf(refused.getMessage());
      return new Answer.Refused(503, reason.substring(0, reason.length() - 1));
    } catch (StoreUnavailable trouble) {
      return new Answer.Refused(503, String.valueOf(trouble.getMessage()));
    } catch (IllegalStateException refused) { // another master key, or no key yet
      return new Answer.Refused(409, String.valueOf(refused.getMessage()));
    }
    return new Operations(operator, Backups.of(store, audit, time)).perform(request, updates);
  }

  /** The master key is needed for what is sealed anew, and for nothing else. */
  private Operator operator(OperatorRequest request) throws StartRefused {
    boolean rotates =
        request instanceof OperatorRequest.RotateSigningKey
            || request instanceof OperatorRequest.RotateDataKey;
    KeyRotation rotation =
        rotates
            ? KeyRotation.withoutServer(store, masterKey.read(store), LONGEST_ACCESS_TOKEN, time)
            : null;
    return Operator.withoutServer(store, rotation, audit, time);
  }

  @Override
  public void close() throws IOException {
    try {
      audit.close();
    } finally {
      store.close();
    }
  }
}
