package org.midonet.neutron.rpc;

/** Why a call got no result; immutable and safe to share between threads. */
public abstract sealed class RpcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private RpcException(String message) {
    super(message);
  }

  /** Nobody answered in time, or nobody listens there. */
  public static final class NoAnswer extends RpcException {
    private static final long serialVersionUID = 1L;

    NoAnswer(String message) {
      super(message);
    }
  }

  /** The broker cannot be reached at present. */
  public static final class Unavailable extends RpcException {
    private static final long serialVersionUID = 1L;

    Unavailable(String message) {
      super(message);
    }
  }

  /** The other side answered with an exception. */
  public static final class Remote extends RpcException {
    private static final long serialVersionUID = 1L;
    private final String type;

    Remote(String type, String message) {
      super(message);
      this.type = type;
    }

    /** Returns the class name of the exception, such as {@code RouterNotFound}. */
    public String type() {
      return type;
    }
  }
}
