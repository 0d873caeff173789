package dev.ostiary.checker.signin;

import dev.ostiary.checker.http.RecordingHttpClient;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A way through a sign-in: from the authorization request to the answer at the client. */
public sealed interface SignIn permits SignIn.Automatic, SignIn.Person {
  /** Where the answer is to be sent. */
  String redirectUri();

  /**
   * Goes through a sign-in.
   *
   * @return the address that the browser was sent to at the end: the redirect URI with parameters
   * @throws IOException if it does not come to an end
   */
  URI complete(URI authorization, RecordingHttpClient http) throws IOException;

  /** The checker reads the pages and presses the buttons itself, as often as it wants. */
  non-sealed interface Automatic extends SignIn {
    /** A browser that has seen nothing yet, to go through single steps with. */
    Browser browser(RecordingHttpClient http);

    /** The browser of the last sign-in, with all it saw; null before the first. */
    @Nullable Browser last();
  }

  /** A person does it in a browser, and so not often. */
  non-sealed interface Person extends SignIn {}
}
