package dev.ostiary.authorization.token;

import dev.ostiary.authorization.client.ClientRefusal;
import dev.ostiary.authorization.client.ErrorReply;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.WireError;

/** Why nothing is read from what a client sent. */
public sealed interface FormRefusal {
  /** The content is no form. */
  record NotAForm() implements FormRefusal {}

  /** The content cannot be read. */
  record Malformed() implements FormRefusal {}

  /** A parameter came more than once. */
  record Repeated() implements FormRefusal {}

  /**
   * The client did not prove who it is.
   *
   * @param name as it called itself, which may be untrue
   */
  record NotAuthenticated(String name, ClientRefusal refusal) implements FormRefusal {}

  /** What the client is told. */
  default Reply reply() {
    return switch (this) {
      case NotAForm() -> invalid("the content must be application/x-www-form-urlencoded");
      case Malformed() -> invalid("the content cannot be read");
      case Repeated() -> invalid("a parameter is there more than once");
      case NotAuthenticated(String _, ClientRefusal refusal) -> ErrorReply.of(refusal);
    };
  }

  /** Whether the client only tried too often; the audit stream has enough of it. */
  default boolean isTooMany() {
    return this instanceof NotAuthenticated(String _, ClientRefusal refusal)
        && refusal.tooMany() != null;
  }

  /** How the client called itself, if it was read; for the audit stream. */
  default String client() {
    return this instanceof NotAuthenticated(String name, ClientRefusal _) ? name : "";
  }

  /** Its name in the audit stream. */
  default String reason() {
    return switch (this) {
      case NotAForm() -> "content-type";
      case Malformed() -> "content-malformed";
      case Repeated() -> "parameter-repeated";
      case NotAuthenticated(String _, ClientRefusal refusal) -> refusal.name();
    };
  }

  private static Reply invalid(String description) {
    return ErrorReply.of(new WireError(OAuthError.INVALID_REQUEST, description));
  }
}
