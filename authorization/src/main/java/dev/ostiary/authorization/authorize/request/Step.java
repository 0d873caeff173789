package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.protocol.Result;

/**
 * One check of an authorization request. It takes what the checks before it have proven, and adds
 * to it; a step cannot be asked for what an earlier one has not proven yet.
 */
@FunctionalInterface
interface Step<I, O> {
  Result<O, AuthorizationRefusal> check(I proven);

  /** This check, and then the next. */
  default <N> Step<I, N> then(Step<O, N> next) {
    return proven -> check(proven).then(next::check);
  }
}
