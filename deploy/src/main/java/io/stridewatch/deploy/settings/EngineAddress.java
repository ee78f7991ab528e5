package io.stridewatch.deploy.settings;

import io.stridewatch.collector.docker.DockerAddress;
import java.net.URI;

/** A Docker engine's address with the certificates that are set. */
public final class EngineAddress {
  private EngineAddress() {}

  /**
   * Certificates are of tcp:// engines alone.
   *
   * @throws IllegalArgumentException that says what is wrong with the address or the certificates
   */
  public static DockerAddress of(String address, Settings settings) {
    return address.startsWith("unix://")
        ? DockerAddress.plain(address)
        : new DockerAddress(
            URI.create(address),
            settings.value(Settings.DOCKER_CA).orElse(null),
            settings.value(Settings.DOCKER_CERT).orElse(null),
            settings.value(Settings.DOCKER_KEY).orElse(null));
  }
}
