package dev.ostiary.gateway;

import dev.ostiary.gateway.backend.ConnectorBackend;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.server.McpServer;
import java.util.concurrent.Executor;

/** A sample gateway over a connector whose log is kept. */
record RecordingConnector(SampleGateway gateway, SampleGateway.RecordingLog log) {
  static RecordingConnector direct() {
    return of(SampleTools.server(), Runnable::run);
  }

  static RecordingConnector of(McpServer<Caller> server, Executor executor) {
    var log = new SampleGateway.RecordingLog();
    return new RecordingConnector(
        new SampleGateway(
            SampleGateway.ISSUER, new ConnectorBackend(server, executor, log), Runnable::run),
        log);
  }
}
