package dev.upswell.api;

import com.linecorp.armeria.common.FlagsProvider;
import com.linecorp.armeria.common.util.TransportType;

/**
 * Flags of Armeria, found by {@link java.util.ServiceLoader}. A system property of the same name
 * ({@code com.linecorp.armeria.…}) has priority.
 */
public final class ServerFlags implements FlagsProvider {
  private static final int OVER_DEFAULTS = 100;
  private static final String OFF = "off";

  /** For the service loader. */
  public ServerFlags() {}

  @Override
  public int priority() {
    return OVER_DEFAULTS;
  }

  /** Event loops never block, so more than the number of processors would only alternate. */
  @Override
  public Integer numCommonWorkers(TransportType type) {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Each user has paths of their own: remembering where they led costs more than looking. */
  @Override
  public String routeCacheSpec() {
    return OFF;
  }

  /** Disabled like {@link #routeCacheSpec}. */
  @Override
  public String routeDecoratorCacheSpec() {
    return OFF;
  }

  /** Disabled like {@link #routeCacheSpec}. */
  @Override
  public String parsedPathCacheSpec() {
    return OFF;
  }
}
