package org.midonet.agent.datapath.memory;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A device of a {@link MemoryDatapath}, seen from outside. Safe to share between threads. */
public final class MemoryDevice {
  private final ConcurrentLinkedQueue<byte[]> out = new ConcurrentLinkedQueue<>();
  private final String name;
  private final Consumer<byte[]> in;

  MemoryDevice(String name, Consumer<byte[]> in) {
    this.name = name;
    this.in = in;
  }

  public String name() {
    return name;
  }

  /** A frame comes in; nothing happens to it unless the device is attached. */
  public void send(byte[] frame) {
    in.accept(frame.clone());
  }

  /** The next frame that went out, null if there is none. */
  public byte @Nullable [] receive() {
    return out.poll();
  }

  void deliver(byte[] frame) {
    out.add(frame);
  }
}
