package org.midonet.neutron.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file format and the ways in which several files come together. */
class ConfigFilesTest {
  @TempDir Path dir;

  @Test
  void laterAssignmentFilesAndDirectoriesWin() throws IOException {
    Path first = write("a.conf", "[DEFAULT]\nbind_port = 1\nbind_port = 2\nbacklog = 7\n");
    Path second = write("b.conf", "[DEFAULT]\nbind_port = 3\n");
    Files.createDirectory(dir.resolve("d"));
    write("d/2.conf", "[DEFAULT]\nbind_port = 5\n");
    write("d/1.conf", "[DEFAULT]\nbind_port = 4\nmax_routes = 9\n");
    write("d/3.ini", "[DEFAULT]\nbind_port = 6\n");

    assertThat(load(first).api().bindPort()).isEqualTo(2);
    assertThat(load(first, second).api().bindPort()).isEqualTo(3);
    NeutronConfig all =
        NeutronConfig.load(List.of(first, second), List.of(dir.resolve("d")), Map.of());
    assertThat(all.api().bindPort()).isEqualTo(5);
    assertThat(all.api().backlog()).isEqualTo(7);
    assertThat(all.router().maxRoutes()).isEqualTo(9);
  }

  @Test
  void theCommandLineWinsOverFiles() throws IOException {
    Path file = write("a.conf", "[DEFAULT]\nbind_port = 1\n");
    NeutronConfig config =
        NeutronConfig.load(List.of(file), List.of(), Map.of("DEFAULT.bind_port", "9"));
    assertThat(config.api().bindPort()).isEqualTo(9);
  }

  @Test
  void indentedLinesContinueAValue() throws IOException {
    assertThat(parse("[DEFAULT]\nservice_plugins = a,\n  b,\n\tc\n").core().servicePlugins())
        .containsExactly("a", "b", "c");
  }

  @Test
  void sectionsMatchRegardlessOfCaseAndKeysDoNot() throws IOException {
    NeutronConfig config =
        parse("[QUOTAS]\nquota_port = 3\n[midonet]\nusername = m\nUSERNAME = x\n");
    assertThat(config.quotas().limit("port")).isEqualTo(3);
    assertThat(config.midonet().username()).isEqualTo("m");
    assertThat(config.warnings())
        .containsExactly(
            dir.resolve("test.conf")
                + ":5: [midonet] USERNAME is unknown and ignored; did you mean [midonet] username?");
  }

  @Test
  void onlyUpperCaseDefaultIsTheDefaultSection() throws IOException {
    NeutronConfig config = parse("[default]\nbind_port = 1\n");
    assertThat(config.api().bindPort()).isEqualTo(9696);
    assertThat(config.warnings().getFirst()).contains("did you mean [DEFAULT] bind_port?");
  }

  @Test
  void colonsQuotesAndCommentLinesAreUnderstood() throws IOException {
    NeutronConfig config =
        parse(
            "# c\n; c\n[DEFAULT]\ndns_domain: a=b\nstate_path = \"/x y\"\n[MIDONET]\npassword=a#b\n");
    assertThat(config.core().dnsDomain()).isEqualTo("a=b");
    assertThat(config.core().statePath()).isEqualTo(Path.of("/x y"));
    assertThat(config.midonet().password().reveal()).isEqualTo("a#b");
  }

  @Test
  void multiValuedOptionsCollectAllAssignments() throws IOException {
    Path first = write("a.conf", "[oslo_policy]\npolicy_dirs = x\npolicy_dirs = y\n");
    Path second = write("b.conf", "[oslo_policy]\npolicy_dirs = z\n");
    assertThat(load(first, second).policy().policyDirs()).containsExactly("x", "y", "z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bind_port = 1 | 1: a section such as [DEFAULT] must come first: bind_port =...",
        "[DEFAULT | 1: a section line must end with ]: [DEFAULT",
        "[] | 1: the section has no name: []",
        "[DEFAULT];nonsense | 2: neither = nor : stands in this line: nonsense",
        "[DEFAULT];= 3 | 2: the key is missing: =...",
        "[DEFAULT];    a = 3 | 2: this line is indented but continues no value: a =...",
        "[DEFAULT];a=1;#;  b | 4: this line is indented but continues no value: b",
      })
  void brokenLinesAreNamed(String text, String problem) {
    assertThatThrownBy(() -> parse(text.replace(';', '\n')))
        .isInstanceOf(ConfigException.class)
        .hasMessage(dir.resolve("test.conf") + ":" + problem);
  }

  @Test
  void missingFilesAndDirectoriesAreNamed() throws IOException {
    Path file = dir.resolve("none.conf");
    assertThatThrownBy(() -> load(file)).hasMessage(file + ": no such configuration file");
    assertThatThrownBy(() -> NeutronConfig.load(List.of(), List.of(file), Map.of()))
        .hasMessage(file + ": no such configuration directory");
    Path latin = dir.resolve("latin.conf");
    Files.write(latin, "[DEFAULT]\nhost = \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> load(latin))
        .hasMessage(latin + ": this configuration file is not UTF-8 text");
  }

  @Test
  void everyBadValueIsReportedWithFileLineKeyAndReason() {
    String file = dir.resolve("test.conf").toString();
    assertThatThrownBy(() ->
            parse("[DEFAULT]\nbind_port = 99999\nuse_ssl = maybe\nbase_mac=ff:16:3e:00:00:00\n"))
        .hasMessage(
            String.join(
                "\n",
                file
                    + ":4: [DEFAULT] base_mac = ff:16:3e:00:00:00: must be a unicast MAC address"
                    + " such as fa:16:3e:00:00:00",
                file + ":2: [DEFAULT] bind_port = 99999: must be at most 65535",
                file
                    + ":3: [DEFAULT] use_ssl = maybe: must be true or false (1/0, on/off and"
                    + " yes/no will do)"));
  }

  @Test
  void aCommentBehindANumberIsPointedOut() {
    assertThatThrownBy(() -> parse("[DEFAULT]\nbacklog = 5 # five\n"))
        .hasMessageEndingWith("must be a whole number (a comment needs a line of its own)");
  }

  @Test
  void secretsStayOutOfProblemsAndRecords() throws IOException {
    assertThatThrownBy(() -> parse("[MIDONET]\npassword = s3cret$nothing\n"))
        .hasMessageContaining("(hidden)")
        .hasMessageNotContaining("s3cret");
    assertThat(parse("[MIDONET]\npassword = s3cret\n").toString()).doesNotContain("s3cret");
  }

  private NeutronConfig parse(String text) throws IOException {
    return load(write("test.conf", text));
  }

  private static NeutronConfig load(Path... files) {
    return NeutronConfig.load(List.of(files), List.of(), Map.of());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }
}
