package org.midonet.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.StateKey;
import org.midonet.topology.ObjectType;

final class HostIdentityTest {
  private final MemoryNsdb nsdb = new MemoryNsdb();
  @TempDir private Path folder;
  @TempDir private Path other;

  @Test
  void aNewHostIsMade() {
    HostIdentity host = HostIdentity.establish(nsdb, folder, "compute1");
    assertThat(nsdb.topology().get(ObjectType.HOST, host.id()).name()).isEqualTo("compute1");
  }

  @Test
  void theHostStaysTheSameUnderAnotherName() {
    HostIdentity before = HostIdentity.establish(nsdb, folder, "compute1");
    HostIdentity after = HostIdentity.establish(nsdb, folder, "compute2");
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(nsdb.topology().get(ObjectType.HOST, after.id()).name()).isEqualTo("compute2");
  }

  @Test
  void aHostThatLostItsFileIsKnownByItsName() {
    HostIdentity before = HostIdentity.establish(nsdb, folder, "compute1");
    assertThat(HostIdentity.establish(nsdb, other, "compute1")).isEqualTo(before);
  }

  @Test
  void twoRunningHostsCannotHaveOneName() {
    HostIdentity first = HostIdentity.establish(nsdb, folder, "compute1");
    nsdb.publish(StateKey.alive(first.id()), first.id(), "");
    assertThatThrownBy(() -> HostIdentity.establish(nsdb, other, "compute1"))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("another agent runs under the name compute1");
  }

  @Test
  void anotherHostsNameIsNotTaken() {
    HostIdentity.establish(nsdb, folder, "compute1");
    HostIdentity.establish(nsdb, other, "compute2");
    assertThatThrownBy(() -> HostIdentity.establish(nsdb, other, "compute1"))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("has the name compute1 too");
  }

  @Test
  void aFileThatIsNoIdIsNamed() throws IOException {
    Files.writeString(folder.resolve("midonet_host_id.properties"), "host_uuid=nonsense\n");
    assertThatThrownBy(() -> HostIdentity.establish(nsdb, folder, "compute1"))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("midonet_host_id.properties");
  }
}
