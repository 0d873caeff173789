package dev.ostiary.requirements;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Values for a property, which is a test of what must hold for all values. A seed always makes the
 * same ones, so that what failed once fails again.
 */
public final class Samples {
  /** Characters that parsers, encoders and changes of case have trouble with. */
  private static final int[] EDGES = {
    0, '\t', '\n', '\r', ' ', '"', '%', '&', '+', ',', '/', ';', '=', '?', '\\', 0x7f, 0x80, 0x85,
    0xa0, 0xad, 0xdf, 0xff, 0x130, 0x131, 0x17f, 0x7ff, 0x800, 0x202e, 0x2028, 0x212a, 0xd7ff,
    0xe000, 0xfeff, 0xff0f, 0xfffd, 0xffff, 0x10000, 0x1f600, 0x10ffff
  };

  private final SplittableRandom random; // of neighbouring seeds, Random's first values are alike

  private Samples(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * Tries a property with the seeds from 0.
   *
   * @throws AssertionError for the first seed with which it does not hold, which it names
   */
  public static void each(int count, Consumer<Samples> property) {
    for (int seed = 0; seed < count; seed++) {
      try {
        property.accept(new Samples(seed));
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("With seed " + seed + ": " + failure, failure);
      }
    }
  }

  @SafeVarargs
  public final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** A number from {@code min} to {@code max}, both included. */
  public int between(int min, int max) {
    return random.nextInt(min, max + 1);
  }

  public boolean yes() {
    return random.nextBoolean();
  }

  /** Text of the characters from {@code from} to {@code to}, both included. */
  public String text(int minLength, int maxLength, char from, char to) {
    return text(length(minLength, maxLength), () -> between(from, to));
  }

  /** Well-formed Unicode: controls and noncharacters too, but no lone surrogate. */
  public String unicode(int maxCodePoints) {
    return text(length(0, maxCodePoints), this::scalar);
  }

  /** Any UTF-16, with lone surrogates. */
  public String anyText(int maxLength) {
    return text(length(0, maxLength), this::character);
  }

  /** Any UTF-16 code unit, often in ASCII. */
  public char character() {
    return (char)
        switch (between(0, 3)) {
          case 0 -> EDGES[random.nextInt(EDGES.length)];
          case 1 -> between(0, 0x7f);
          case 2 -> between(Character.MIN_SURROGATE, Character.MAX_SURROGATE);
          default -> between(0, 0xffff);
        };
  }

  public <T> List<T> list(int maxSize, Supplier<T> element) {
    return Stream.generate(element).limit(between(0, maxSize)).toList();
  }

  public <T> List<T> shuffled(Collection<T> elements) {
    List<T> shuffled = new ArrayList<>(elements);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private int scalar() {
    return switch (between(0, 4)) {
      case 0 -> EDGES[random.nextInt(EDGES.length)];
      case 1 -> between(0, 0x7f);
      case 2 -> between(0x80, 0xd7ff);
      case 3 -> between(0xe000, 0xffff);
      default -> between(0x10000, 0x10ffff);
    };
  }

  /** Short ones often, and so the shortest too. */
  private int length(int min, int max) {
    return between(min, between(min, max));
  }

  private static String text(int length, IntSupplier character) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(character.getAsInt());
    }
    return text.toString();
  }
}
