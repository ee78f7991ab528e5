package io.stridewatch.deploy;

import io.stridewatch.Collector;
import io.stridewatch.collector.docker.AuthzCollector;
import io.stridewatch.collector.docker.DockerCollector;
import io.stridewatch.deploy.settings.EngineAddress;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.deploy.settings.Watch;
import io.stridewatch.deploy.settings.Watch.Choice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The Docker engines that are watched, each with a place of its own, and their plug-in. */
final class DockerSources {
  private static final Path SOCKET = Path.of("/var/run/docker.sock");
  private static final String UNIX = "unix://";

  private final Settings settings;
  private final boolean find;
  private final Path cursors;
  private final Consumer<Collector> collectors;
  private final List<String> told = new ArrayList<>();

  /**
   * Nothing is looked at yet.
   *
   * @param find whether an engine is looked for when none was set
   * @param cursors where collectors keep how far they have read
   * @param collectors takes one for each engine that can be watched
   */
  DockerSources(Settings settings, boolean find, Path cursors, Consumer<Collector> collectors) {
    this.settings = settings;
    this.find = find;
    this.cursors = cursors;
    this.collectors = collectors;
  }

  /** Gives the collectors; what is watched, or what is missing and how to get it. */
  List<String> told() {
    AuthzCollector authz = authz();
    List<Watch> set = settings.value(Settings.DOCKER);
    List<String> addresses = new ArrayList<>();
    for (Watch watch : set) {
      address(watch).filter(one -> !addresses.contains(one)).ifPresent(addresses::add);
    }
    if (set.contains(Watch.OFF)) {
      told.add("off");
    } else if (addresses.isEmpty() && find) {
      told.add("no engine at " + SOCKET + "; name one with --docker unix:///... or tcp://...");
    } else {
      for (String one : addresses) {
        Path cursor = cursors.resolve(place(one, addresses.size()));
        watch(one, cursor, one.equals(addresses.get(0)) ? authz : null);
      }
    }
    return List.copyOf(told);
  }

  private Optional<String> address(Watch watch) {
    if (watch.choice() == Choice.AT) {
      return Optional.of(watch.address());
    }
    boolean there = find && watch.choice() == Choice.FIND && !Files.notExists(SOCKET);
    return there ? Optional.of(UNIX + SOCKET) : Optional.empty();
  }

  /**
   * What the place of an engine is called: that of one alone, and of the usual one among several,
   * stays when others come or go.
   */
  static String place(String address, int engines) {
    boolean usual = engines == 1 || address.matches("unix://(/var)?/run/docker\\.sock");
    return usual ? "docker" : "docker-" + address.replaceAll("[^a-z0-9.-]+", "_");
  }

  /**
   * The engine's authorisation plug-in, the first one's of several; null when none was asked for.
   */
  private AuthzCollector authz() {
    Optional<Path> socket = settings.value(Settings.DOCKER_AUTHZ);
    if (socket.isEmpty()) {
      return null;
    }
    AuthzCollector authz =
        new AuthzCollector(socket.get(), settings.value(Settings.SCOPE), InstantSource.system());
    collectors.accept(authz);
    told.add(
        "authorisation plug-in at "
            + socket.get()
            + "; while it is down the engine refuses every call (README, Authorisation plug-in)");
    return authz;
  }

  private void watch(String address, Path cursor, AuthzCollector authz) {
    Optional<Path> socket =
        Optional.of(address)
            .filter(a -> a.startsWith(UNIX))
            .map(a -> Path.of(a.substring(UNIX.length())));
    if (socket.filter(Files::exists).filter(path -> !Files.isWritable(path)).isPresent()) {
      told.add("may not open " + socket.get() + ": run as root or as a member of group docker");
      return;
    }
    collectors.accept(
        new DockerCollector(
            EngineAddress.of(address, settings),
            settings.value(Settings.SCOPE),
            cursor,
            InstantSource.system(),
            authz));
    told.add("watching " + address);
  }
}
