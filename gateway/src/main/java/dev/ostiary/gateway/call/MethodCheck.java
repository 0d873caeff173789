package dev.ostiary.gateway.call;

import dev.ostiary.gateway.refusal.CallRefusal;
import java.util.Set;

/** Refuses methods of HTTP that are not served: all have POST, some GET and DELETE. */
final class MethodCheck implements CallCheck {
  private final Set<String> served;

  /**
   * @param sessions whether the backend has sessions, and with them GET and DELETE
   */
  MethodCheck(boolean sessions) {
    this(sessions ? Set.of("POST", "GET", "DELETE") : Set.of("POST"));
  }

  MethodCheck(Set<String> served) {
    this.served = served;
  }

  /** The value of {@code Allow}. */
  static String allowed(boolean sessions) {
    return sessions ? "POST, GET, DELETE, OPTIONS" : allowed("POST");
  }

  /** The value of {@code Allow} where one method is served. */
  static String allowed(String method) {
    return method + ", OPTIONS";
  }

  @Override
  public void check(CallContext call) {
    if (served.contains(call.method())) {
      call.pass();
    } else {
      call.refuse(
          new CallRefusal.OtherMethod(
              call.method(),
              served.size() == 1 ? allowed(served.iterator().next()) : allowed(true)));
    }
  }
}
