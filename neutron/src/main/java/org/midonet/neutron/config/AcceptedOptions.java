package org.midonet.neutron.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code neutron.conf} may hold that has no effect on this server, and why; stateless.
 * Setting one of these is mentioned, never refused, so that a file written for Neutron keeps
 * working.
 */
final class AcceptedOptions {
  private static final String ONE_PROCESS = "one process with many threads serves everything";
  private static final String FIXED_PIPELINE = "the request pipeline is built in";
  private static final String OWN_LOG =
      "log lines have one fixed format and go to a file or stderr";
  private static final String ROTATION = "let logrotate rotate the file, with copytruncate";
  private static final String NEVER_LIMITED = "Neutron dropped this option";
  private static final String DRIVER_OF_POOL = "the built-in database drivers need no such setting";
  private static final String CACHE = "tokens are cached in the memory of the server";

  /** Sections of other OpenStack libraries and agents, whose keys are not checked. */
  private static final Set<String> FOREIGN =
      Set.of(
          "agent",
          "audit",
          "cache",
          "designate",
          "dhcp",
          "experimental",
          "fwaas",
          "healthcheck",
          "ironic",
          "linux_bridge",
          "network_log",
          "oslo_concurrency",
          "oslo_limit",
          "oslo_messaging_amqp",
          "oslo_messaging_kafka",
          "oslo_reports",
          "oslo_versionedobjects",
          "ovn",
          "ovs",
          "ovs_driver",
          "placement",
          "privsep",
          "profiler",
          "securitygroup",
          "sriov_driver",
          "vxlan");

  private static final Map<OptionName, String> REASONS = reasons();

  private AcceptedOptions() {}

  /** Returns why an option has no effect, or null if it is not one of these. */
  static @Nullable String reason(OptionName name) {
    return REASONS.get(name);
  }

  static boolean isForeign(String section) {
    return FOREIGN.contains(section);
  }

  private static Map<OptionName, String> reasons() {
    Map<OptionName, String> reasons = new HashMap<>();
    String section = OptionName.DEFAULT;
    put(
        reasons,
        section,
        ONE_PROCESS,
        "api_workers",
        "rpc_workers",
        "rpc_state_report_workers",
        "wsgi_default_pool_size",
        "executor_thread_pool_size",
        "rpc_thread_pool_size",
        "rpc_conn_pool_size",
        "conn_pool_min_size",
        "conn_pool_ttl",
        "setproctitle",
        "periodic_interval",
        "periodic_fuzzy_delay",
        "rpc_ping_enabled");
    put(
        reasons,
        section,
        FIXED_PIPELINE,
        "api_paste_config",
        "api_extensions_path",
        "wsgi_server_debug",
        "tcp_keepidle",
        "wsgi_log_format");
    put(
        reasons,
        section,
        OWN_LOG,
        "log_config_append",
        "log_config",
        "log_date_format",
        "use_syslog",
        "use_journal",
        "syslog_log_facility",
        "use_json",
        "use_eventlog",
        "logging_context_format_string",
        "logging_default_format_string",
        "logging_debug_format_suffix",
        "logging_exception_prefix",
        "logging_user_identity_format",
        "default_log_levels",
        "publish_errors",
        "instance_format",
        "instance_uuid_format",
        "rate_limit_interval",
        "rate_limit_burst",
        "rate_limit_except_level",
        "fatal_deprecations",
        "verbose");
    put(
        reasons,
        section,
        ROTATION,
        "watch_log_file",
        "log_rotate_interval",
        "log_rotate_interval_type",
        "max_logfile_count",
        "max_logfile_size_mb",
        "log_rotation_type");
    put(
        reasons,
        section,
        NEVER_LIMITED,
        "allow_overlapping_ips",
        "default_ipv4_subnet_pool",
        "default_ipv6_subnet_pool",
        "advertise_mtu",
        "allow_pagination",
        "allow_sorting");
    put(
        reasons,
        section,
        "locks are held in the database",
        "lock_path",
        "disable_process_locking",
        "retry_until_window");
    put(
        reasons,
        section,
        "the agents read it, this server does not",
        "interface_driver",
        "dhcp_driver",
        "use_namespaces",
        "metadata_proxy_shared_secret",
        "enable_traditional_dhcp",
        "host_dvr_for_dhcp",
        "rpc_resources_processing_step",
        "dhcp_lease_duration");
    put(
        reasons,
        "database",
        "a transaction that lost a race is tried again within milliseconds",
        "db_retry_interval",
        "db_inc_retry_interval",
        "db_max_retry_interval");
    put(
        reasons,
        "database",
        DRIVER_OF_POOL,
        "backend",
        "slave_connection",
        "mysql_enable_ndb",
        "connection_debug",
        "connection_trace",
        "use_db_reconnect",
        "engine",
        "min_pool_size",
        "use_tpool",
        "idle_timeout");
    put(
        reasons,
        "keystone_authtoken",
        CACHE,
        "memcached_servers",
        "memcache_servers",
        "cache",
        "memcache_security_strategy",
        "memcache_secret_key",
        "memcache_pool_dead_retry",
        "memcache_pool_maxsize",
        "memcache_pool_socket_timeout",
        "memcache_pool_unused_timeout",
        "memcache_pool_conn_get_timeout",
        "memcache_use_advanced_pool");
    put(
        reasons,
        "keystone_authtoken",
        "the Identity API v3 is used",
        "auth_version",
        "include_service_catalog",
        "enforce_token_bind",
        "signing_dir",
        "revocation_cache_time",
        "check_revocations_for_cached",
        "hash_algorithms",
        "service_type");
    put(reasons, "nova", "the Identity API v3 is used", "split_loggers", "collect_timing");
    put(
        reasons,
        "quotas",
        "usage is counted in the database",
        "quota_driver",
        "track_quota_usage",
        "quota_items");
    put(
        reasons,
        "oslo_middleware",
        FIXED_PIPELINE,
        "secure_proxy_ssl_header",
        "http_basic_auth_user_file");
    put(reasons, "ssl", "the Java runtime chooses", "version", "ciphers");
    put(
        reasons,
        "ml2",
        "the MidoNet plugin takes the place of ML2's drivers",
        "extension_drivers",
        "overlay_ip_version");
    put(reasons, "ml2_type_vxlan", "MidoNet needs no multicast", "vxlan_group");
    put(reasons, "ml2_type_geneve", "MidoNet does not use Geneve", "max_header_size");
    withoutEffect(reasons);
    return Map.copyOf(reasons);
  }

  /** Options that are checked, so that a bad value is found, and that nothing acts on. */
  private static void withoutEffect(Map<OptionName, String> reasons) {
    String section = OptionName.DEFAULT;
    put(
        reasons,
        section,
        "MidoNet's routers are highly available without a network of their own",
        "l3_ha_net_cidr",
        "l3_ha_network_type",
        "l3_ha_network_physical_name",
        "max_l3_agents_per_router");
    put(
        reasons,
        section,
        "MidoNet's hosts need no addresses of their own for distributed routers",
        "dvr_base_mac");
    put(
        reasons,
        section,
        "prefix delegation and VLAN-transparent networks are not offered",
        "ipv6_pd_enabled",
        "vlan_transparent");
    put(
        reasons,
        section,
        "a call waits rpc_response_timeout each time",
        "rpc_response_max_timeout");
    put(reasons, section, "names are not told to an external DNS service", "external_dns_driver");
    put(
        reasons,
        "oslo_messaging_notifications",
        "a notification waits for RabbitMQ as long as there is room for it",
        "retry");
    put(
        reasons,
        "oslo_policy",
        "rules that ask another server (http:, https:) are refused",
        "remote_content_type",
        "remote_ssl_verify_server_crt",
        "remote_ssl_ca_crt_file",
        "remote_ssl_client_crt_file",
        "remote_ssl_client_key_file");
    put(
        reasons,
        "keystone_authtoken",
        "a request without a valid token is always refused",
        "delay_auth_decision");
    put(
        reasons,
        "keystone_authtoken",
        "the Identity service is asked at auth_url",
        "interface",
        "region_name");
  }

  private static void put(
      Map<OptionName, String> reasons, String section, String reason, String... keys) {
    List.of(keys).forEach(key -> reasons.put(new OptionName(section, key), reason));
  }
}
