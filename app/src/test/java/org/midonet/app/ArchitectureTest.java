package org.midonet.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Who may know whom: the modules in their order, and within neutron the low packages. */
final class ArchitectureTest {
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.midonet");

  /** What resources and rules are made of; nothing here knows any one resource. */
  private static final String[] LOW = {
    "error", "resource", "extension", "store", "http", "config", "auth", "policy", "tls"
  };

  /** What the cluster's API server shares with that of the Networking API. */
  private static final String[] SERVER = {
    "org.midonet.neutron.http",
    "org.midonet.neutron.tls",
    "org.midonet.neutron.auth",
    "org.midonet.neutron.config",
    "org.midonet.neutron.error"
  };

  @Test
  void packetsKnowNothing() {
    modulesKnow("packets");
  }

  @Test
  void theTopologyKnowsPacketsOnly() {
    modulesKnow("topology", "packets");
  }

  @Test
  void theStoreOfTheTopologyKnowsWhatItStores() {
    modulesKnow("nsdb", "topology", "packets");
  }

  @Test
  void theAgentKnowsTheTopologyAndItsStore() {
    modulesKnow("agent", "nsdb", "topology", "packets");
  }

  @Test
  void onlyTheStoreOfTheTopologyKnowsZooKeeper() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.midonet.nsdb..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.zookeeper..", "org.apache.curator..")
        .check(PROGRAM);
  }

  @Test
  void neutronKnowsPacketsOnly() {
    modulesKnow("neutron", "packets");
  }

  /** Of the Networking API the cluster uses what any HTTP server needs, and nothing else. */
  @Test
  void theClusterKnowsOnlyWhatAnyServerNeedsOfNeutron() {
    noClasses()
        .that()
        .resideInAPackage("org.midonet.cluster..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(
                    "org.midonet.neutron..", "org.midonet.plugin..", "org.midonet.app..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(SERVER)))
        .check(PROGRAM);
  }

  /** The other clients speak to any MidoNet, and need nothing of ours. */
  @Test
  void onlyTheClientOfTheBuiltInMidonetKnowsIt() {
    noClasses()
        .that()
        .resideInAPackage("org.midonet.plugin..")
        .and()
        .resideOutsideOfPackage("org.midonet.plugin.client.builtin..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.midonet.cluster..", "org.midonet.nsdb..", "org.midonet.topology..")
        .check(PROGRAM);
  }

  @Test
  void pluginsDoNotKnowTheCommand() {
    noClasses()
        .that()
        .resideInAPackage("org.midonet.plugin..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.midonet.app..")
        .check(PROGRAM);
  }

  @Test
  void onlyTheHttpPackageKnowsTheWebServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.midonet.neutron.http")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.helidon..")
        .check(PROGRAM);
  }

  @Test
  void lowPackagesKnowOnlyEachOther() {
    String[] low =
        Stream.concat(
                Stream.of(LOW).map(name -> "org.midonet.neutron." + name + ".."),
                Stream.of("org.midonet.packets.."))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAnyPackage(low)
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("org.midonet..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(low)))
        .check(PROGRAM);
  }

  /** The web server logs by java.util.logging, and LogSetup tells it how loudly. */
  @Test
  void nobodyLogsByJavaUtilLogging() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(LogSetup.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging")
        .check(PROGRAM);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(PROGRAM.stream().map(JavaClass::getPackage).distinct())
        .isNotEmpty()
        .allMatch(ArchitectureTest::isNullMarked, "is null-marked");
  }

  @Test
  void testsDoNotReachTheProgram() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("org.junit..", "org.assertj..", "org.awaitility..")
        .check(PROGRAM);
  }

  /** A module knows itself and the modules named. */
  private static void modulesKnow(String module, String... others) {
    String[] known =
        Stream.concat(Stream.of(module), Stream.of(others))
            .map(name -> "org.midonet." + name + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(known[0])
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("org.midonet..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(known)))
        .check(PROGRAM);
  }

  private static boolean isNullMarked(JavaPackage javaPackage) {
    return javaPackage.isAnnotatedWith(NullMarked.class);
  }
}
