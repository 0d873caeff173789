package dev.ostiary.http.fetch;

/** Carries a refusal out of the steps of a fetch. */
final class FetchFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final transient FetchRefusal reason;

  FetchFailure(FetchRefusal reason) {
    super(reason.getClass().getSimpleName(), null, false, false);
    this.reason = reason;
  }

  FetchRefusal reason() {
    return reason;
  }
}
