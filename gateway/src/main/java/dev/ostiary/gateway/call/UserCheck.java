package dev.ostiary.gateway.call;

import dev.ostiary.gateway.refusal.CallRefusal;

/** Refuses users who may not use this server. Asking about one who is not known lately blocks. */
final class UserCheck implements CallCheck {
  private final AllowedUsers users;

  UserCheck(AllowedUsers users) {
    this.users = users;
  }

  @Override
  public void check(CallContext call) {
    AllowedUsers.Verdict known = users.known(call.token().caller());
    if (known == null) {
      call.onExecutor(() -> decide(call, users.ask(call.token().caller())));
    } else {
      decide(call, known);
    }
  }

  private static void decide(CallContext call, AllowedUsers.Verdict verdict) {
    switch (verdict) {
      case ALLOWED -> call.pass();
      case NOT_ALLOWED -> call.refuse(new CallRefusal.UserNotAllowed());
      case UNKNOWN -> call.refuse(new CallRefusal.Undecided());
      case SIGN_IN_AGAIN -> call.refuse(new CallRefusal.SignInAgain());
    }
  }
}
