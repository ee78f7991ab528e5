package io.stridewatch.deploy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The walls of the house. A failure says which wall, why it stands, and where the code belongs
 * instead.
 */
@AnalyzeClasses(packages = "io.stridewatch", importOptions = ArchitectureTest.MainCode.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule wordsKnowNobody =
      noClasses()
          .that()
          .resideInAPackage("io.stridewatch")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.stridewatch..")
                  .and(
                      com.tngtech.archunit.base.DescribedPredicate.not(
                          resideInAPackage("io.stridewatch"))))
          .because(
              "the vocabulary lies at the bottom: what needs more than words belongs above it");

  @ArchTest
  static final ArchRule onlyTheEngineKnowsEsper =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.stridewatch.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.espertech..")
          .because(
              "`collect` starts without Esper: say it in a Condition and let the engine compile it");

  @ArchTest
  static final ArchRule onlyStreamKnowsKafkaClients =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.stridewatch.stream..", "io.stridewatch.deploy.broker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "kafka..")
          .because(
              "the Topic is the only queue: use EventWriter, Detection, Delivery or AlertTail");

  @ArchTest
  static final ArchRule oneClassKnowsTheBroker =
      noClasses()
          .that()
          .doNotHaveSimpleName("EmbeddedBroker")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "kafka..",
                  "org.apache.kafka.metadata..",
                  "org.apache.kafka.server..",
                  "org.apache.kafka.raft..",
                  "org.apache.kafka.storage.."))
          .because(
              "the broker's classes are Kafka's own affair and change with it: keep them in EmbeddedBroker");

  @ArchTest
  static final ArchRule coreDoesNoHttpAndNoDocker =
      noClasses()
          .that(
              resideInAnyPackage(
                  "io.stridewatch",
                  "io.stridewatch.event..",
                  "io.stridewatch.rule..",
                  "io.stridewatch.engine..",
                  "io.stridewatch.stream.."))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vertx..", "com.github.dockerjava..", "java.net.http..", "io.netty..")
          .because(
              "the core reads records and judges them: I/O belongs to collector, sink or deploy");

  @ArchTest
  static final ArchRule decodersAndRulesTouchNoFilesOfTheirOwn =
      noClasses()
          .that()
          .resideInAPackage("io.stridewatch.event..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("java.nio.file..").or(nameMatching("java\\.io\\.File.*")))
          .because(
              "a decoder is a function from bytes to an event: reading files is collector.recording's");

  @ArchTest
  static final ArchRule collectorsKnowNoRulesAndNoSinks =
      noClasses()
          .that()
          .resideInAPackage("io.stridewatch.collector..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.stridewatch.rule..",
              "io.stridewatch.engine..",
              "io.stridewatch.stream..",
              "io.stridewatch.sink..",
              "io.stridewatch.deploy..")
          .because("a collector frames records; what they mean and where they go is for others");

  @ArchTest
  static final ArchRule sinksKnowAlertsOnly =
      noClasses()
          .that()
          .resideInAPackage("io.stridewatch.sink..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.stridewatch.rule..",
              "io.stridewatch.engine..",
              "io.stridewatch.stream..",
              "io.stridewatch.collector..",
              "io.stridewatch.deploy..")
          .because(
              "a sink is handed alerts and tells them; an alert carries all that it needs, and a"
                  + " decoder reads its evidence for people");

  @ArchTest
  static final ArchRule vertxServesAllHttp =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.sun.net.httpserver..", "org.eclipse.jetty..", "io.undertow..")
          .because("Vert.x serves all HTTP");

  @ArchTest
  static final ArchRule onePackageKnowsTheTerminal =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.stridewatch.deploy.screen..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jline..")
          .because(
              "what keys and lines mean is tested without a terminal, and no other command loads one");

  @ArchTest
  static final ArchRule aScreenWaitsForNothing =
      noClasses()
          .that()
          .resideInAPackage("io.stridewatch.sink.screen..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.util.concurrent..", "java.io..", "java.nio..", "java.net.."))
          .because(
              "the screen's state changes by keys and alerts alone: deploy.screen does the rest");

  @ArchTest
  static final ArchRule noSleeping =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.stridewatch.deploy.demo..")
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .because(
              "only the demo tells a story in time; what waits for time takes it as a parameter or waits on a condition that close() can signal");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.stridewatch.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
      classes()
          .should()
          .haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|Abstract\\w+)$")
          .because("a name says what a thing is or gives, not how it is filed");

  /** Neither this module's tests nor those that rules hands to its neighbours. */
  static final class MainCode implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("test-classes") && !location.contains("-tests.jar");
    }
  }
}
