package dev.ostiary.checker;

/** Who wants to see how far the checker is. */
public interface Progress {
  /** Reports nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void begins(Check check) {}

        @Override
        public void ended(Finding finding) {}
      };

  void begins(Check check);

  void ended(Finding finding);
}
