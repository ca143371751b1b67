package org.midonet.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.topology.ObjectType;

/**
 * MidoNet's own client and command line work with the API.
 *
 * <p>They are in no Debian package. Get the folder python-midonetclient of the public repository
 * midonet/midonet and name it by {@code MIDONETCLIENT=FOLDER} in the environment; Python needs
 * Debian's python3-webob and python3-httplib2.
 */
@Tag("packages")
final class PythonClientTest {
  private static final String PYTHON = "/usr/bin/python3";

  private final TestApi api = TestApi.start();

  @TempDir private Path scratch = Path.of("");

  @BeforeEach
  void requireSources() {
    assumeThat(sources().resolve("midonetclient"))
        .as("MIDONETCLIENT must name the folder python-midonetclient of midonet/midonet")
        .isDirectory();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void theLibraryCreatesShowsListsAndDeletesEveryResourceItKnows() throws Exception {
    Path script = copy("exercise.py");
    Result result = run(PYTHON, "-W", "ignore", script.toString(), sources().toString(), api.uri());
    assertThat(result.status()).as(result.output()).isZero();
  }

  @Test
  void theLibraryTellsOfEveryNeutronObjectThatIsTranslated() throws Exception {
    Path script = copy("neutron.py");
    Result result = run(PYTHON, "-W", "ignore", script.toString(), sources().toString(), api.uri());
    assertThat(result.status()).as(result.output()).isZero();
    assertThat(api.nsdb().topology().count(ObjectType.CHAIN)).isZero();
  }

  @Test
  void aSessionWithTheCommandLineUsesEveryKindOfObject() throws Exception {
    Path script = copy("session.py");
    Result result = run(PYTHON, "-W", "ignore", script.toString(), sources().toString(), api.uri());
    assertThat(result.status()).as(result.output()).isZero();
  }

  @Test
  void theCommandLineTakesOneCommandFromTheShell() throws Exception {
    String created = cli("create", "bridge", "name", "b1", "tenant", "t").output().strip();
    assertThat(created).matches("[0-9a-f-]{36}");
    assertThat(cli("bridge", created, "show").output()).contains("name b1");
    assertThat(cli("bridge", created, "delete").status()).isZero();
    assertThat(cli("list", "bridge").output()).doesNotContain(created);
  }

  private static Path sources() {
    return Path.of(System.getenv().getOrDefault("MIDONETCLIENT", "")).resolve("src");
  }

  private Path copy(String name) throws IOException {
    Path file = scratch.resolve(name);
    try (InputStream in = getClass().getResourceAsStream("/midonetclient/" + name)) {
      Files.copy(Objects.requireNonNull(in, name), file);
    }
    return file;
  }

  /** Runs midonet-cli without login; what it misses in Python 3 is put there first. */
  private Result cli(String... command) throws Exception {
    String shim =
        "import runpy, sys, urllib, urllib.parse; urllib.urlencode = urllib.parse.urlencode;"
            + " sys.path.insert(0, sys.argv[1]); script = sys.argv[2]; sys.argv = sys.argv[2:];"
            + " runpy.run_path(script, run_name='__main__')";
    List<String> words = new ArrayList<>(List.of(PYTHON, "-W", "ignore", "-c", shim));
    words.add(sources().toString());
    words.add(sources().resolve("bin/midonet-cli").toString());
    words.addAll(List.of("--midonet-url", api.uri(), "-A", "-e"));
    words.addAll(List.of(command));
    return run(words.toArray(String[]::new));
  }

  private record Result(int status, String output) {}

  private Result run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(Stream.of(command).toList()).redirectErrorStream(true);
    builder.environment().put("HOME", scratch.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
