package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.path;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The certificate of the API when {@code use_ssl} is true ({@code [ssl]}); immutable. */
public record SslConfig(Optional<Path> caFile, Optional<Path> certFile, Optional<Path> keyFile) {
  static final Option<Path> CA_FILE =
      Option.of(
              "ssl",
              "ca_file",
              path(),
              null,
              "Certificates of authorities; when set, clients must show a certificate of one of "
                  + "them.")
          .formerly("DEFAULT", "ssl_ca_file");

  static final Option<Path> CERT_FILE =
      Option.of(
              "ssl",
              "cert_file",
              path(),
              null,
              "The certificate of the server, in PEM, with those above it.")
          .formerly("DEFAULT", "ssl_cert_file");

  static final Option<Path> KEY_FILE =
      Option.of("ssl", "key_file", path(), null, "The private key of that certificate, in PEM.")
          .formerly("DEFAULT", "ssl_key_file");

  static final List<Option<?>> OPTIONS = List.of(CA_FILE, CERT_FILE, KEY_FILE);

  static SslConfig read(ConfigReader reader) {
    return new SslConfig(reader.find(CA_FILE), reader.find(CERT_FILE), reader.find(KEY_FILE));
  }
}
