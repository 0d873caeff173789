package dev.ostiary.server.metrics;

import dev.ostiary.http.netty.BufferMemory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.function.Supplier;

/** What runs, and what it uses of its machine. */
final class ProcessMetrics implements AutoCloseable {
  private final JvmGcMetrics collections = new JvmGcMetrics();

  ProcessMetrics(MeterRegistry registry, String version) {
    Gauge.builder("ostiary.build.info", () -> 1)
        .description("Which release this is, on which Java")
        .tags("version", version, "java", Runtime.version().toString())
        .register(registry);
    buffers(registry, "direct", BufferMemory::direct);
    buffers(registry, "heap", BufferMemory::heap);
    new JvmMemoryMetrics().bindTo(registry);
    collections.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
  }

  private static void buffers(MeterRegistry registry, String memory, Supplier<Number> size) {
    Gauge.builder("ostiary.http.buffers", size)
        .description("Memory that is held for what connections read and write")
        .baseUnit("bytes")
        .tag("memory", memory)
        .register(registry);
  }

  @Override
  public void close() {
    collections.close();
  }
}
