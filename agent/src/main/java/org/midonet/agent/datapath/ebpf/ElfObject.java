package org.midonet.agent.datapath.ebpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * A relocatable object file of clang's BPF target (ELF-64, little endian). Confined to one thread.
 *
 * <p>It links programs: the function of a section, then the functions that it calls, with each
 * reference to a map replaced by the map's descriptor.
 */
final class ElfObject {
  private static final int SYMTAB = 2;
  private static final int REL = 9;
  private static final int FUNCTION = 2;
  private static final int R_BPF_64_64 = 1;
  private static final int R_BPF_64_32 = 10;
  private static final int CALL = 0x85;
  private static final int PSEUDO_CALL = 1;
  private static final int PSEUDO_MAP_FD = 1;
  private static final int INSTRUCTION = 8;

  private final ByteBuffer file;
  private final List<Section> sections = new ArrayList<>();
  private final List<Symbol> symbols = new ArrayList<>();

  private record Section(String name, int type, int offset, int size, int link, int info) {}

  private record Symbol(String name, int kind, int section, int value, int size) {}

  private record Relocation(int type, Symbol symbol) {}

  ElfObject(byte[] bytes) {
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (file.getInt(0) != 0x464c457f || file.getShort(18) != 247) {
      throw new IllegalArgumentException("not an object file for BPF");
    }
    readSections();
    readSymbols();
  }

  private void readSections() {
    int table = (int) file.getLong(40);
    int size = file.getShort(58);
    int count = file.getShort(60);
    int names = (int) file.getLong(table + file.getShort(62) * size + 24);
    for (int i = 0; i < count; i++) {
      int at = table + i * size;
      sections.add(
          new Section(
              text(names + file.getInt(at)),
              file.getInt(at + 4),
              (int) file.getLong(at + 24),
              (int) file.getLong(at + 32),
              file.getInt(at + 40),
              file.getInt(at + 44)));
    }
  }

  private void readSymbols() {
    for (Section section : sections) {
      if (section.type != SYMTAB) {
        continue;
      }
      int names = sections.get(section.link).offset;
      for (int at = section.offset; at < section.offset + section.size; at += 24) {
        symbols.add(
            new Symbol(
                text(names + file.getInt(at)),
                file.get(at + 4) & 0xf,
                file.getShort(at + 6),
                (int) file.getLong(at + 8),
                (int) file.getLong(at + 16)));
      }
    }
  }

  private String text(int at) {
    int end = at;
    while (file.get(end) != 0) {
      end++;
    }
    byte[] bytes = new byte[end - at];
    file.get(at, bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /**
   * Links the program of a section.
   *
   * @param mapFd the descriptor of a map by name
   * @return instructions as bpf(2) takes them
   */
  byte[] link(String sectionName, ToIntFunction<String> mapFd) {
    Symbol main =
        symbols.stream()
            .filter(s -> s.kind == FUNCTION && sections.get(s.section).name.equals(sectionName))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no program in " + sectionName));
    return new Linker(mapFd).link(main);
  }

  /** Places functions one after the other, each as soon as it is first called. */
  private final class Linker {
    private final ToIntFunction<String> mapFd;
    private final Map<Symbol, Integer> places = new HashMap<>();
    private final List<Symbol> order = new ArrayList<>();
    private int end;

    Linker(ToIntFunction<String> mapFd) {
      this.mapFd = mapFd;
    }

    byte[] link(Symbol main) {
      place(main);
      List<byte[]> pieces = new ArrayList<>();
      for (int i = 0; i < order.size(); i++) {
        pieces.add(piece(order.get(i)));
      }
      ByteBuffer linked = ByteBuffer.allocate(end);
      pieces.forEach(linked::put);
      return linked.array();
    }

    private int place(Symbol function) {
      Integer place = places.get(function);
      if (place == null) {
        place = end;
        places.put(function, place);
        order.add(function);
        end += function.size;
      }
      return place;
    }

    private byte[] piece(Symbol function) {
      byte[] bytes = new byte[function.size];
      file.get(sections.get(function.section).offset + function.value, bytes);
      ByteBuffer code = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      Map<Integer, Relocation> relocations = relocations(function.section);
      for (int at = 0; at < bytes.length; at += INSTRUCTION) {
        Relocation relocation = relocations.get(function.value + at);
        boolean call = (code.get(at) & 0xff) == CALL && code.get(at + 1) >>> 4 == PSEUDO_CALL;
        if (relocation != null && relocation.type == R_BPF_64_64) {
          code.put(at + 1, (byte) ((code.get(at + 1) & 0xf) | PSEUDO_MAP_FD << 4));
          code.putInt(at + 4, mapFd.applyAsInt(relocation.symbol.name));
        } else if (call) {
          Symbol callee = callee(function, at, code.getInt(at + 4), relocation);
          int here = place(function) + at;
          code.putInt(at + 4, (place(callee) - here) / INSTRUCTION - 1);
        } else if (relocation != null) {
          throw new IllegalArgumentException("relocation of type " + relocation.type);
        }
      }
      return bytes;
    }

    private Symbol callee(
        Symbol caller, int at, int immediate, @org.jspecify.annotations.Nullable Relocation how) {
      int section = caller.section;
      int value = caller.value + at + (immediate + 1) * INSTRUCTION;
      if (how != null) {
        if (how.type != R_BPF_64_32) {
          throw new IllegalArgumentException("relocation of type " + how.type);
        }
        section = how.symbol.section;
        value = how.symbol.value + (immediate + 1) * INSTRUCTION;
      }
      int wanted = section;
      int offset = value;
      return symbols.stream()
          .filter(s -> s.kind == FUNCTION && s.section == wanted && s.value == offset)
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no function at " + offset));
    }
  }

  private Map<Integer, Relocation> relocations(int target) {
    Map<Integer, Relocation> found = new HashMap<>();
    for (Section section : sections) {
      if (section.type != REL || section.info != target) {
        continue;
      }
      for (int at = section.offset; at < section.offset + section.size; at += 16) {
        long info = file.getLong(at + 8);
        found.put(
            (int) file.getLong(at), new Relocation((int) info, symbols.get((int) (info >>> 32))));
      }
    }
    return found;
  }
}
