package org.midonet.cluster.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which media types are understood and answered; stateless. MidoNet's two halves differ: a core
 * resource wants to be asked for by a type it knows, a Neutron resource answers whoever does not
 * care. Source: midonet.md 2.1, observed on a real server.
 */
enum Negotiation {
  /** Resources of the virtual topology. */
  CORE {
    @Override
    @Nullable String choose(@Nullable String accept, List<String> offers) {
      if (accept == null) {
        return null;
      }
      if (accept.strip().equals(ANY)) {
        return offers.contains(Media.JSON) ? Media.JSON : offers.getFirst();
      }
      // A wildcard among other types does not count.
      return named(accept, offers);
    }

    @Override
    int unknownBody() {
      return 406;
    }
  },
  /** Resources that mirror Neutron's, and those of which no type is asked. */
  NEUTRON {
    @Override
    @Nullable String choose(@Nullable String accept, List<String> offers) {
      if (accept == null || types(accept).contains(ANY)) {
        return offers.getFirst();
      }
      return named(accept, offers);
    }

    @Override
    int unknownBody() {
      return 415;
    }
  };

  private static final String ANY = "*/*";

  /** The type to answer with, null if none of those on offer will do. */
  abstract @Nullable String choose(@Nullable String accept, List<String> offers);

  /** The status for a body of a type that is not understood. */
  abstract int unknownBody();

  /** Whether a body of this type is understood. */
  boolean understands(@Nullable String contentType, List<String> types) {
    return contentType != null && named(contentType, types) != null;
  }

  private static @Nullable String named(String wanted, List<String> offers) {
    for (String type : types(wanted)) {
      for (String offer : offers) {
        if (offer.equalsIgnoreCase(type)) {
          return offer;
        }
      }
    }
    return null;
  }

  private static List<String> types(String header) {
    return Arrays.stream(header.split(",", -1))
        .map(part -> part.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT))
        .toList();
  }
}
