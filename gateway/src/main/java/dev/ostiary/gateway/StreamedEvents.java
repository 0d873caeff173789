package dev.ostiary.gateway;

import java.nio.ByteBuffer;

/** What is known of a body that may be a stream of events. */
interface StreamedEvents {
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
      };

  void read(ByteBuffer piece);

  /** Whether something may be put in here. */
  boolean between();

  /** Whether a client could ask for what it has missed. */
  boolean resumable();
}
