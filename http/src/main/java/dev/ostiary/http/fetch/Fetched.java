package dev.ostiary.http.fetch;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;

/** What came of a fetch. */
public sealed interface Fetched {
  /** The content, within the limit and said to be JSON; it has not been parsed. */
  record Document(Body.Whole content, Headers headers) implements Fetched {}

  /** What the caller has is still current (RFC 9110 §15.4.5). */
  record NotModified(Headers headers) implements Fetched {}

  /** Nothing. */
  record Refused(FetchRefusal reason) implements Fetched {}
}
