package dev.ostiary.server.operate;

import dev.ostiary.authorization.operate.Operator;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.server.audit.AuditFile;
import dev.ostiary.server.data.DataDirectory;
import java.io.IOException;
import java.time.InstantSource;

/** Works on the data itself, which no other process has open meanwhile. */
final class LocalOperating implements Operating {
  private final Store store;
  private final AuditFile audit;
  private final Operations operations;

  private LocalOperating(Store store, AuditFile audit, InstantSource time) {
    this.store = store;
    this.audit = audit;
    this.operations =
        new Operations(Operator.withoutServer(store, audit, time), Backups.of(store, audit, time));
  }

  /**
   * Opens the data.
   *
   * @throws dev.ostiary.authorization.store.StoreInUse if somebody has it open
   * @throws dev.ostiary.authorization.store.StoreUnavailable saying what else is wrong with it
   */
  static Operating open(DataDirectory directory, InstantSource time) throws IOException {
    Store store = directory.openStore();
    try {
      return new LocalOperating(store, AuditFile.open(directory.auditStream()), time);
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
    return operations.perform(request, updates);
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
