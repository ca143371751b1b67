package org.midonet.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.Agent;
import org.midonet.agent.AgentSettings;
import org.midonet.agent.AgentStatistics;
import org.midonet.agent.datapath.Datapath;
import org.midonet.agent.datapath.DatapathConfig;
import org.midonet.agent.datapath.DatapathException;
import org.midonet.agent.datapath.ebpf.EbpfDatapath;
import org.midonet.agent.external.ExternalAccess;
import org.midonet.agent.host.HostException;
import org.midonet.neutron.config.HostAgentConfig;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.nsdb.Nsdb;
import org.midonet.packets.Ipv4Address;

/**
 * The agent of this host as the configuration asks for it, with what it must have to itself. Safe
 * to share between threads.
 */
final class HostAgent implements AutoCloseable {
  /** NET_ADMIN, SYS_ADMIN and BPF, by their numbers in capabilities(7). */
  private static final long CAPABILITIES = 1L << 12 | 1L << 21 | 1L << 39;

  private static final String EFFECTIVE = "CapEff:";

  private final Agent agent;
  private final @Nullable ExternalAccess external;
  private final FileChannel lock;

  private HostAgent(Agent agent, @Nullable ExternalAccess external, FileChannel lock) {
    this.agent = agent;
    this.external = external;
    this.lock = lock;
  }

  /** Why this user cannot forward packets here; empty where it is worth a try. */
  static Optional<String> obstacle() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith(EFFECTIVE)) {
          long has = Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).strip(), 16);
          return (has & CAPABILITIES) == CAPABILITIES
              ? Optional.empty()
              : Optional.of("that takes root (capabilities NET_ADMIN, SYS_ADMIN and BPF)");
        }
      }
    } catch (IOException | NumberFormatException e) {
      // As on a system that is not Linux.
    }
    return Optional.of("that takes Linux");
  }

  /**
   * Starts the agent.
   *
   * @throws Failure when it cannot run here; the message says why
   */
  static HostAgent start(NeutronConfig config, Nsdb nsdb) {
    return start(config, nsdb, DatapathConfig.DEFAULT);
  }

  /** The same with another datapath than this host's usual one. */
  static HostAgent start(NeutronConfig config, Nsdb nsdb, DatapathConfig wanted) {
    FileChannel lock = claim(config.hostAgent().socket());
    Datapath datapath = null;
    try {
      datapath = EbpfDatapath.open(wanted);
      Agent agent = Agent.start(settings(config, wanted), nsdb, datapath);
      return new HostAgent(agent, external(config.hostAgent(), nsdb, agent), lock);
    } catch (DatapathException | HostException e) {
      release(datapath, lock);
      throw new Failure(Failure.FAILED, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      release(datapath, lock);
      throw e;
    }
  }

  private static @Nullable ExternalAccess external(HostAgentConfig config, Nsdb nsdb, Agent agent) {
    return config.mayBeGateway()
        ? ExternalAccess.start(nsdb, agent.identity().id(), config.isGatewayAlone())
        : null;
  }

  /** Two agents would take each other's devices. */
  private static FileChannel claim(Path socket) {
    Path folder = socket.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
      FileChannel channel =
          FileChannel.open(
              socket.resolveSibling(socket.getFileName() + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new Failure(Failure.FAILED, "another agent runs on this host already");
      }
      return channel;
    } catch (IOException e) {
      throw new Failure(Failure.FAILED, "the agent cannot listen on " + socket + ": " + e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // by this process
    }
  }

  private static void release(@Nullable Datapath datapath, FileChannel lock) {
    if (datapath != null) {
      datapath.close();
    }
    close(lock);
  }

  private static AgentSettings settings(NeutronConfig config, DatapathConfig datapath) {
    HostAgentConfig agent = config.hostAgent();
    return new AgentSettings(
        config.core().statePath(),
        agent.socket(),
        config.core().host().orElseGet(HostAgent::hostName),
        agent.tunnelIp().map(Ipv4Address::parse).orElse(null),
        datapath,
        agent.dhcpMtu(),
        config.core().dnsDomain(),
        agent.novaMetadataUrl().orElse(null),
        agent.metadataSecret().reveal());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** What Neutron calls the host. */
  String name() {
    return agent.identity().name();
  }

  /** What it has done until now. */
  AgentStatistics statistics() {
    return agent.statistics();
  }

  @Override
  public void close() {
    if (external != null) {
      external.close();
    }
    agent.close();
    close(lock);
  }

  private static void close(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
