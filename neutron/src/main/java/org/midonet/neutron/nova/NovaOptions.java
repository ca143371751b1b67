package org.midonet.neutron.nova;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The {@code [nova]} section and the options of [DEFAULT] about telling Nova; immutable and safe to
 * share between threads.
 *
 * @param regionName which of several compute endpoints, null for the first
 * @param endpointType which interface of it: public, internal or admin
 * @param onStatusChanges {@code notify_nova_on_port_status_changes}
 * @param onDataChanges {@code notify_nova_on_port_data_changes}
 * @param sendInterval how long events are collected into one request ({@code send_events_interval})
 * @param httpRetries how often a refused connection is tried again ({@code http_retries})
 */
public record NovaOptions(
    Account account,
    @Nullable String regionName,
    String endpointType,
    boolean onStatusChanges,
    boolean onDataChanges,
    Duration sendInterval,
    int httpRetries) {

  /**
   * The account to speak to Nova with; its password is never logged.
   *
   * @param authUrl Keystone, with or without {@code /v3}
   */
  public record Account(
      URI authUrl,
      String username,
      String password,
      String userDomainName,
      String projectName,
      String projectDomainName) {
    @Override
    public String toString() {
      return username + " of " + projectName + " at " + authUrl;
    }
  }
}
