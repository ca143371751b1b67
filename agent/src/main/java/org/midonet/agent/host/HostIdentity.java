package org.midonet.agent.host;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.Topology;
import org.midonet.topology.Host;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.ObjectType;

/**
 * Which host of the topology this machine is. Immutable, safe to share.
 *
 * <p>The id lies in a file, so that the host stays the same whatever it is called. Neutron knows
 * hosts by name alone, so no two may have the same one.
 *
 * @param name what Neutron calls the host in {@code binding:host_id}
 */
public record HostIdentity(UUID id, String name) {
  private static final String FILE = "midonet_host_id.properties";
  private static final String KEY = "host_uuid";
  private static final int NO_LIMIT = -1;

  /**
   * Finds or makes the host in the topology, under this name.
   *
   * <p>A machine whose file was lost takes the host of its name again if no agent speaks for that.
   *
   * @param folder where the file lies
   * @throws HostException if a running agent speaks for another host of this name
   */
  public static HostIdentity establish(Nsdb nsdb, Path folder, String name) {
    UUID kept = read(folder);
    UUID made = kept != null ? kept : UUID.randomUUID();
    UUID[] id = new UUID[1];
    nsdb.commit(topology -> {
      id[0] = choose(topology, kept, made, name);
      return operations(topology, id[0], name);
    });
    if (!id[0].equals(kept)) {
      write(folder, id[0]);
    }
    return new HostIdentity(id[0], name);
  }

  private static UUID choose(Topology topology, @Nullable UUID kept, UUID made, String name) {
    Host namesake =
        topology.list(ObjectType.HOST).stream()
            .filter(host -> name.equals(host.name()) && !host.id().equals(kept))
            .findFirst()
            .orElse(null);
    if (namesake == null) {
      return made;
    }
    if (topology.isAlive(namesake.id())) {
      throw new HostException(
          "another agent runs under the name "
              + name
              + ", as host "
              + namesake.id()
              + "; set host in [DEFAULT] to another name");
    }
    if (kept != null && topology.has(ObjectType.HOST, kept)) {
      throw new HostException(
          "the host "
              + namesake.id()
              + " has the name "
              + name
              + " too; delete it in MidoNet, or set host in [DEFAULT] to another name");
    }
    return namesake.id();
  }

  private static List<Operation> operations(Topology topology, UUID id, String name) {
    Host present = topology.find(ObjectType.HOST, id);
    if (present == null) {
      return List.of(
          new Operation.Create(
              HostBuilder.builder()
                  .id(id)
                  .name(name)
                  .floodingProxyWeight(1)
                  .containerWeight(1)
                  .containerLimit(NO_LIMIT)
                  .build()));
    }
    return name.equals(present.name())
        ? List.of()
        : List.of(new Operation.Update(present.withName(name)));
  }

  private static @Nullable UUID read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return UUID.fromString(properties.getProperty(KEY, "").strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new HostException(
          file + " has no " + KEY + " with a UUID; delete the file to begin anew");
    }
  }

  private static void write(Path folder, UUID id) {
    try {
      Files.createDirectories(folder);
      Path written = folder.resolve(FILE + ".new");
      Files.writeString(written, KEY + "=" + id + "\n");
      Files.move(
          written,
          folder.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
