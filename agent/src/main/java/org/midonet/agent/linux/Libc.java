package org.midonet.agent.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.Locale;

/**
 * Functions of the C library. Safe to share between threads. Each returns what the function
 * returns, or throws {@link LinuxException}; interrupted calls are made again.
 */
@SuppressWarnings("restricted") // this is where the program leaves Java
public final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout ERRNO = Linker.Option.captureStateLayout();
  private static final ThreadLocal<MemorySegment> STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(ERRNO));

  private static final MethodHandle SYSCALL = variadic("syscall", 1, JAVA_LONG, 4);
  private static final MethodHandle OPEN = variadic("open", 2, JAVA_INT, 3);
  private static final MethodHandle CLOSE = function("close", JAVA_INT, 1);
  private static final MethodHandle READ = function("read", JAVA_LONG, 3);
  private static final MethodHandle MMAP = function("mmap", JAVA_LONG, 6);
  private static final MethodHandle MUNMAP = function("munmap", JAVA_INT, 2);
  private static final MethodHandle SOCKET = function("socket", JAVA_INT, 3);
  private static final MethodHandle BIND = function("bind", JAVA_INT, 3);
  private static final MethodHandle SETSOCKOPT = function("setsockopt", JAVA_INT, 5);
  private static final MethodHandle SEND = function("send", JAVA_LONG, 4);
  private static final MethodHandle SENDMSG = function("sendmsg", JAVA_LONG, 3);
  private static final MethodHandle RECV = function("recv", JAVA_LONG, 4);
  private static final MethodHandle RECVMSG = function("recvmsg", JAVA_LONG, 3);
  private static final MethodHandle EPOLL_CREATE = function("epoll_create1", JAVA_INT, 1);
  private static final MethodHandle EPOLL_CTL = function("epoll_ctl", JAVA_INT, 4);
  private static final MethodHandle EPOLL_WAIT = function("epoll_wait", JAVA_INT, 4);
  private static final MethodHandle MOUNT = function("mount", JAVA_INT, 5);
  private static final MethodHandle SETNS = function("setns", JAVA_INT, 2);
  private static final MethodHandle UNSHARE = function("unshare", JAVA_INT, 1);
  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

  public static final int O_RDONLY = 0;
  public static final int O_CLOEXEC = 0x80000;
  public static final int PROT_READ = 1;
  public static final int PROT_WRITE = 2;
  public static final int MAP_SHARED = 1;
  public static final int CLONE_NEWNET = 0x4000_0000;

  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CLOEXEC = 0x80000;
  private static final int EPOLLIN = 1;

  private Libc() {}

  /** The bpf(2) system call. */
  public static int bpf(int command, MemorySegment attributes, String what) {
    MemorySegment state = STATE.get();
    long address = attributes.address();
    long size = attributes.byteSize();
    while (true) {
      long result;
      try {
        // By its name, not as an argument, the handle is compiled into its caller.
        result =
            (long) SYSCALL.invokeExact(state, Bpf.NUMBER, (long) command, address, size, 0L, 0L);
      } catch (Throwable thrown) {
        throw new AssertionError(what, thrown);
      }
      if (result != -1) {
        return (int) result;
      }
      failUnlessInterrupted(what, state);
    }
  }

  /** The number of bpf(2), which differs between processors; other calls do without it. */
  private static final class Bpf {
    static final long NUMBER =
        switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> 321;
          case "aarch64", "riscv64" -> 280;
          case String other ->
              throw new UnsupportedOperationException("eBPF is not supported on " + other);
        };
  }

  public static int open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) check("open " + path, OPEN, arena.allocateFrom(path).address(), flags, 0);
    }
  }

  public static void close(int fd) {
    check("close", CLOSE, fd);
  }

  public static int read(int fd, MemorySegment into) {
    return (int) check("read", READ, fd, into.address(), into.byteSize());
  }

  /** Maps memory; it is there until {@link #munmap}. */
  public static MemorySegment mmap(int fd, long size, int protection, long offset) {
    long address = check("mmap", MMAP, 0, size, protection, MAP_SHARED, fd, offset);
    return MemorySegment.ofAddress(address).reinterpret(size);
  }

  public static void munmap(MemorySegment memory) {
    check("munmap", MUNMAP, memory.address(), memory.byteSize());
  }

  public static int socket(int domain, int type, int protocol) {
    return (int) check("socket", SOCKET, domain, type, protocol);
  }

  public static void bind(int fd, MemorySegment address) {
    check("bind", BIND, fd, address.address(), address.byteSize());
  }

  public static void setsockopt(int fd, int level, int option, int value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pointed = arena.allocateFrom(JAVA_INT, value);
      check("setsockopt " + option, SETSOCKOPT, fd, level, option, pointed.address(), 4);
    }
  }

  public static int send(int fd, MemorySegment data) {
    return (int) check("send", SEND, fd, data.address(), data.byteSize(), 0);
  }

  /**
   * Sends a message.
   *
   * @param header a struct msghdr
   */
  public static int sendmsg(int fd, MemorySegment header) {
    MemorySegment state = STATE.get();
    long address = header.address();
    while (true) {
      long result;
      try {
        result = (long) SENDMSG.invokeExact(state, (long) fd, address, 0L, 0L, 0L, 0L);
      } catch (Throwable thrown) {
        throw new AssertionError("sendmsg", thrown);
      }
      if (result != -1) {
        return (int) result;
      }
      failUnlessInterrupted("sendmsg", state);
    }
  }

  static int recvmsg(int fd, MemorySegment header) {
    return (int) check("recvmsg", RECVMSG, fd, header.address(), 0);
  }

  static int recv(int fd, MemorySegment into, int flags) {
    return (int) check("recv", RECV, fd, into.address(), into.byteSize(), flags);
  }

  public static void mount(String source, String target, String type) {
    try (Arena arena = Arena.ofConfined()) {
      check(
          "mount " + type + " on " + target,
          MOUNT,
          arena.allocateFrom(source).address(),
          arena.allocateFrom(target).address(),
          arena.allocateFrom(type).address(),
          0,
          0);
    }
  }

  static void setns(int fd, int type) {
    check("setns", SETNS, fd, type);
  }

  static void unshare(int flags) {
    check("unshare", UNSHARE, flags);
  }

  /** An epoll instance that waits for one descriptor to become readable. */
  public static int epollFor(int fd) {
    int epoll = (int) check("epoll_create1", EPOLL_CREATE, EPOLL_CLOEXEC);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(16);
      event.set(JAVA_INT, 0, EPOLLIN);
      check("epoll_ctl", EPOLL_CTL, epoll, EPOLL_CTL_ADD, fd, event.address());
    }
    return epoll;
  }

  /** Waits; whether something became readable. */
  public static boolean epollWait(int epoll, long timeoutMillis) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(16);
      return check("epoll_wait", EPOLL_WAIT, epoll, event.address(), 1, timeoutMillis) > 0;
    }
  }

  static String describe(int errno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
      return text.reinterpret(256).getString(0);
    } catch (Throwable e) {
      throw new AssertionError("strerror", e);
    }
  }

  private static long check(String what, MethodHandle handle, long... rest) {
    return switch (rest.length) {
      case 1 -> call(what, handle, rest[0], 0, 0, 0, 0, 0);
      case 2 -> call(what, handle, rest[0], rest[1], 0, 0, 0, 0);
      case 3 -> call(what, handle, rest[0], rest[1], rest[2], 0, 0, 0);
      case 4 -> call(what, handle, rest[0], rest[1], rest[2], rest[3], 0, 0);
      case 5 -> call(what, handle, rest[0], rest[1], rest[2], rest[3], rest[4], 0);
      default -> call(what, handle, rest[0], rest[1], rest[2], rest[3], rest[4], rest[5]);
    };
  }

  private static long call(
      String what, MethodHandle handle, long a, long b, long c, long d, long e, long f) {
    MemorySegment state = STATE.get();
    while (true) {
      long result;
      try {
        result = (long) handle.invokeExact(state, a, b, c, d, e, f);
      } catch (Throwable thrown) {
        throw new AssertionError(what, thrown);
      }
      if (result != -1) {
        return result;
      }
      failUnlessInterrupted(what, state);
    }
  }

  private static void failUnlessInterrupted(String what, MemorySegment state) {
    int errno = state.get(JAVA_INT, 0);
    if (errno != LinuxException.EINTR) {
      throw new LinuxException(what, errno);
    }
  }

  private static MethodHandle function(String name, MemoryLayout result, int arguments) {
    return handle(name, result, arguments, Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle variadic(String name, int fixed, MemoryLayout result, int arguments) {
    return handle(
        name,
        result,
        arguments,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(fixed));
  }

  /** The function with six arguments, of which it gets as many as it takes. */
  private static MethodHandle handle(
      String name, MemoryLayout result, int arguments, Linker.Option... options) {
    MemoryLayout[] layouts = new MemoryLayout[arguments];
    Arrays.fill(layouts, JAVA_LONG);
    MethodHandle handle =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(result, layouts),
            options);
    Class<?>[] dropped = new Class<?>[6 - arguments];
    Arrays.fill(dropped, long.class);
    return MethodHandles.dropArguments(handle, arguments + 1, dropped)
        .asType(handle.type().appendParameterTypes(dropped).changeReturnType(long.class));
  }
}
