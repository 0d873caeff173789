package dev.ostiary.gateway.stream;

/** Why a relayed body ends early. */
public enum Termination {
  /** The access token has expired or was revoked, or its grant has ended. */
  UNAUTHORIZED,
  /** The backend has been silent for too long. */
  IDLE,
  /** The connection to the backend broke. */
  BROKEN,
  /** The backend has ended the stream, and not answered. */
  UNANSWERED,
  /** The client has disconnected. */
  CANCELLED,
  /** Ostiary ends, and so does the stream, in order. */
  STOPPING
}
