package dev.ostiary.gateway.foreign;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Tells operators once what is wrong with an authorization server, and when that is over. */
final class TroubleLog {
  private final String issuer;
  private final Logger log;
  private @Nullable String trouble;

  TroubleLog(String issuer, Logger log) {
    this.issuer = issuer;
    this.log = log;
  }

  synchronized void trouble(String what) {
    if (!what.equals(trouble)) {
      trouble = what;
      log.log(
          Level.WARNING,
          "access tokens of the authorization server {0} cannot be checked: {1}",
          issuer,
          what);
    }
  }

  synchronized void fine() {
    if (trouble != null) {
      trouble = null;
      log.log(
          Level.INFO, "access tokens of the authorization server {0} can be checked again", issuer);
    }
  }
}
