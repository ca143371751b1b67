package org.midonet.agent.linux;

/** A system call failed. Immutable, safe to share. */
public final class LinuxException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int E2BIG = 7;
  public static final int EAGAIN = 11;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int ENODEV = 19;
  public static final int EINVAL = 22;
  public static final int ENOSPC = 28;
  public static final int ENOBUFS = 105;

  private final int errno;

  /**
   * A failure of a call.
   *
   * @param what the call, and what it was for
   */
  public LinuxException(String what, int errno) {
    super(what + ": " + Libc.describe(errno));
    this.errno = errno;
  }

  /** The error number, as in errno(3). */
  public int errno() {
    return errno;
  }
}
