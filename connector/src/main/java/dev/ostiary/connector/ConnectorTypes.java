package dev.ostiary.connector;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The kinds of connectors that are installed, in the order of their names. */
public final class ConnectorTypes {
  private static final List<ConnectorType> ALL =
      ServiceLoader.load(ConnectorType.class, ConnectorTypes.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(Comparator.comparing(ConnectorType::name))
          .toList();

  private ConnectorTypes() {}

  public static List<ConnectorType> all() {
    return ALL;
  }

  public static Optional<ConnectorType> named(String name) {
    return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
  }
}
