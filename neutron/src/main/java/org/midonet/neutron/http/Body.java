package org.midonet.neutron.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of an answer, in pieces, so that a long one is never copied into one large array;
 * immutable and safe to share.
 */
public final class Body {
  /** No bytes. */
  public static final Body EMPTY = new Body(List.of(), 0);

  private final List<Piece> pieces;
  private final int length;

  @SuppressWarnings("ArrayRecordComponent") // written by the writer only, then shared by reading
  private record Piece(byte[] bytes, int length) {}

  private Body(List<Piece> pieces, int length) {
    this.pieces = pieces;
    this.length = length;
  }

  /** A body of these bytes, which are not copied and must not change. */
  public static Body of(byte[] bytes) {
    return new Body(List.of(new Piece(bytes, bytes.length)), bytes.length);
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** Whether there are several pieces, which are better sent one after the other. */
  boolean isLong() {
    return pieces.size() > 1;
  }

  /** All bytes in one array, which must not be changed. */
  public byte[] toBytes() {
    if (pieces.size() == 1 && pieces.getFirst().bytes().length == length) {
      return pieces.getFirst().bytes();
    }
    byte[] all = new byte[length];
    int position = 0;
    for (Piece piece : pieces) {
      System.arraycopy(piece.bytes(), 0, all, position, piece.length());
      position += piece.length();
    }
    return all;
  }

  /** Writes the pieces in order. */
  void writeTo(OutputStream out) throws IOException {
    for (Piece piece : pieces) {
      out.write(piece.bytes(), 0, piece.length());
    }
  }

  /** Collects the bytes of a body; not to be shared. */
  public static final class Writer extends OutputStream {
    private static final int PIECE = 1 << 16;
    private static final byte[] NOTHING = new byte[0];

    private final List<Piece> full = new ArrayList<>(1);
    private byte[] open = NOTHING;
    private int used;
    private int before;

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    /** What is written at once first lies in a piece of just that size: most bodies are short. */
    @Override
    public void write(byte[] bytes, int offset, int count) {
      if (count > open.length - used) {
        int size = before + used == 0 ? count : Math.max(count, PIECE);
        close();
        open = new byte[size];
      }
      System.arraycopy(bytes, offset, open, used, count);
      used += count;
    }

    /** Ends the piece that is being written; there may be more. */
    @Override
    public void close() {
      if (used > 0) {
        full.add(new Piece(open, used));
        before += used;
        used = 0;
        open = NOTHING;
      }
    }

    /** What was written; nothing must be written afterwards. */
    public Body body() {
      close();
      return new Body(List.copyOf(full), before);
    }
  }
}
