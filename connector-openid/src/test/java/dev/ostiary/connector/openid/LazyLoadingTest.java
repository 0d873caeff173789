package dev.ostiary.connector.openid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server without OpenID providers knows the type and its keys, and loads nothing else. */
final class LazyLoadingTest {
  @Test
  void readsItsKeysWithoutTheProtocolLibrary() throws Exception {
    try (WithoutNimbus loader = new WithoutNimbus()) {
      Class<?> type = loader.loadClass(OpenId.class.getName());
      Object made = type.getConstructor().newInstance();

      assertThat(call(type, made, "name")).isEqualTo("openid");
      assertThat(call(type, made, "keys").getClass().getSimpleName()).isEqualTo("Section");
      assertThat(type.getClassLoader()).isSameAs(loader);
    }
  }

  private static Object call(Class<?> type, Object on, String method) throws Exception {
    return type.getMethod(method).invoke(on);
  }

  /** Every class of the test anew, but none of the library. */
  private static final class WithoutNimbus extends URLClassLoader {
    WithoutNimbus() throws IOException {
      super(classPath(), ClassLoader.getPlatformClassLoader());
    }

    private static URL[] classPath() throws IOException {
      List<URL> urls = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        URI uri = Path.of(entry).toUri();
        urls.add(uri.toURL());
      }
      return urls.toArray(URL[]::new);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("com.nimbusds.")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
