package dev.ostiary.gateway.stream;

import java.nio.ByteBuffer;

/** What is known of a body that may be a stream of events. */
public interface StreamedEvents {
  /** Any other body. */
  StreamedEvents NONE =
      new StreamedEvents() {
        @Override
        public void read(ByteBuffer piece) {}

        @Override
        public boolean between() {
          return false;
        }

        @Override
        public boolean resumable() {
          return false;
        }

        @Override
        public boolean answered() {
          return true;
        }
      };

  void read(ByteBuffer piece);

  /** Whether something may be put in here. */
  boolean between();

  /** Whether a client could ask for what it has missed. */
  boolean resumable();

  /** Whether a response has been among them. */
  boolean answered();
}
