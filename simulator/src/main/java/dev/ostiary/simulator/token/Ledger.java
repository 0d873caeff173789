package dev.ostiary.simulator.token;

import dev.ostiary.simulator.world.Account;

/** All that is remembered about who granted what: codes, tokens, approvals. */
public record Ledger(Codes codes, Tokens tokens, Approvals approvals) {
  public static Ledger empty(TokenFactory factory, boolean limits) {
    return new Ledger(new Codes(factory), new Tokens(factory, limits), new Approvals());
  }

  /** Takes back everything that the person gave to the application. */
  public void endGrant(App app, Account account) {
    approvals.remove(app, account);
    tokens.revokeIf(token -> Tokens.isOf(app, token) && token.account().id() == account.id());
  }
}
