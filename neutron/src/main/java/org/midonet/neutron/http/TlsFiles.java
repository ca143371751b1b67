package org.midonet.neutron.http;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.common.tls.TlsConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files behind HTTPS ([ssl] cert_file, key_file and ca_file); immutable.
 *
 * @param certificate the server's certificate and those above it
 * @param key its private key
 * @param authorities when not null, clients must show a certificate of one of them
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path authorities) {
  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException naming them, when they are missing or no PEM
   */
  Tls load() {
    try {
      Keys pair =
          Keys.builder()
              .pem(pem -> pem.key(Resource.create(key)).certChain(Resource.create(certificate)))
              .build();
      TlsConfig.Builder tls = Tls.builder().privateKey(pair).privateKeyCertChain(pair);
      if (authorities != null) {
        Resource trusted = Resource.create(authorities);
        tls.trust(Keys.builder().pem(pem -> pem.certificates(trusted)).build())
            .clientAuth(TlsClientAuth.REQUIRED);
      }
      return tls.build();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "use_ssl: cannot use the files of [ssl] (" + this + "): " + e.getMessage(), e);
    }
  }
}
