package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.bool;
import static org.midonet.neutron.config.OptionTypes.choice;
import static org.midonet.neutron.config.OptionTypes.path;
import static org.midonet.neutron.config.OptionTypes.string;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the rules of who may do what stand ({@code [oslo_policy]}); immutable. */
public record PolicyConfig(
    String policyFile,
    List<String> policyDirs,
    String policyDefaultRule,
    boolean enforceScope,
    boolean enforceNewDefaults,
    String remoteContentType,
    boolean remoteSslVerifyServerCrt,
    Optional<Path> remoteSslCaCrtFile,
    Optional<Path> remoteSslClientCrtFile,
    Optional<Path> remoteSslClientKeyFile) {
  static final Option<String> POLICY_FILE =
      Option.of(
              "oslo_policy",
              "policy_file",
              string(),
              "policy.yaml",
              "The file with rules that replace the default ones. A relative name is sought beside "
                  + "the configuration files.")
          .formerly("DEFAULT", "policy_file");

  static final Option<String> POLICY_DIRS =
      Option.of(
              "oslo_policy",
              "policy_dirs",
              string(),
              "policy.d",
              "A directory with more such files, read in alphabetical order. May stand several "
                  + "times.")
          .asCollecting()
          .formerly("DEFAULT", "policy_dirs");

  static final Option<String> POLICY_DEFAULT_RULE =
      Option.of(
              "oslo_policy",
              "policy_default_rule",
              string(),
              "default",
              "The rule that holds for an action that has none.")
          .formerly("DEFAULT", "policy_default_rule");

  static final Option<Boolean> ENFORCE_SCOPE =
      Option.of(
          "oslo_policy",
          "enforce_scope",
          bool(),
          false,
          "Whether a token of the wrong scope is refused.");

  static final Option<Boolean> ENFORCE_NEW_DEFAULTS =
      Option.of(
          "oslo_policy",
          "enforce_new_defaults",
          bool(),
          false,
          "Whether only the rules of the newer roles hold, without the older ones beside them.");

  static final Option<String> REMOTE_CONTENT_TYPE =
      Option.of(
          "oslo_policy",
          "remote_content_type",
          choice("application/x-www-form-urlencoded", "application/json"),
          "application/x-www-form-urlencoded",
          "How a question to a remote policy server is written.");

  static final Option<Boolean> REMOTE_SSL_VERIFY_SERVER_CRT =
      Option.of(
          "oslo_policy",
          "remote_ssl_verify_server_crt",
          bool(),
          false,
          "Whether the certificate of that server is checked.");

  static final Option<Path> REMOTE_SSL_CA_CRT_FILE =
      Option.of(
          "oslo_policy",
          "remote_ssl_ca_crt_file",
          path(),
          null,
          "The certificates of authorities to trust there.");

  static final Option<Path> REMOTE_SSL_CLIENT_CRT_FILE =
      Option.of(
          "oslo_policy",
          "remote_ssl_client_crt_file",
          path(),
          null,
          "The certificate to show to that server.");

  static final Option<Path> REMOTE_SSL_CLIENT_KEY_FILE =
      Option.of(
          "oslo_policy",
          "remote_ssl_client_key_file",
          path(),
          null,
          "The key of that certificate.");

  static final List<Option<?>> OPTIONS =
      List.of(
          POLICY_FILE,
          POLICY_DIRS,
          POLICY_DEFAULT_RULE,
          ENFORCE_SCOPE,
          ENFORCE_NEW_DEFAULTS,
          REMOTE_CONTENT_TYPE,
          REMOTE_SSL_VERIFY_SERVER_CRT,
          REMOTE_SSL_CA_CRT_FILE,
          REMOTE_SSL_CLIENT_CRT_FILE,
          REMOTE_SSL_CLIENT_KEY_FILE);

  static PolicyConfig read(ConfigReader reader) {
    return new PolicyConfig(
        reader.get(POLICY_FILE),
        reader.all(POLICY_DIRS),
        reader.get(POLICY_DEFAULT_RULE),
        reader.get(ENFORCE_SCOPE),
        reader.get(ENFORCE_NEW_DEFAULTS),
        reader.get(REMOTE_CONTENT_TYPE),
        reader.get(REMOTE_SSL_VERIFY_SERVER_CRT),
        reader.find(REMOTE_SSL_CA_CRT_FILE),
        reader.find(REMOTE_SSL_CLIENT_CRT_FILE),
        reader.find(REMOTE_SSL_CLIENT_KEY_FILE));
  }
}
