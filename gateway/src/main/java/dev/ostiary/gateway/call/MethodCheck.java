package dev.ostiary.gateway.call;

import dev.ostiary.gateway.refusal.CallRefusal;

/** Refuses methods of HTTP that are not served: all have POST, some GET and DELETE. */
final class MethodCheck implements CallCheck {
  private final boolean sessions;

  /**
   * @param sessions whether the backend has sessions, and with them GET and DELETE
   */
  MethodCheck(boolean sessions) {
    this.sessions = sessions;
  }

  /** The value of {@code Allow}. */
  static String allowed(boolean sessions) {
    return sessions ? "POST, GET, DELETE, OPTIONS" : "POST, OPTIONS";
  }

  @Override
  public void check(CallContext call) {
    String method = call.method();
    if (method.equals("POST") || (sessions && (method.equals("GET") || method.equals("DELETE")))) {
      call.pass();
    } else {
      call.refuse(new CallRefusal.OtherMethod(method, allowed(sessions)));
    }
  }
}
