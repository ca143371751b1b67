package org.midonet.neutron.api;

import org.midonet.neutron.extension.Catalog;
import org.midonet.neutron.service.Services;
import org.midonet.neutron.service.Sessions;

/**
 * What endpoints work with; immutable and safe to share.
 *
 * @param catalog the loaded extensions and definitions
 * @param services the services of the resources
 * @param sessions opens transactions
 * @param authorizer decides by policy
 * @param quotas limits projects
 * @param options what the operator chose
 */
public record Core(
    Catalog catalog,
    Services services,
    Sessions sessions,
    Authorizer authorizer,
    Quotas quotas,
    ApiOptions options) {}
