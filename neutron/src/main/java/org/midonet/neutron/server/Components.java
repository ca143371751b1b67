package org.midonet.neutron.server;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.api.ApiOptions;
import org.midonet.neutron.api.Authorizer;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.api.Quotas;
import org.midonet.neutron.http.Handler;
import org.midonet.neutron.http.HttpSettings;
import org.midonet.neutron.notification.Notifier;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.store.Database;

/**
 * What a server is made of; immutable.
 *
 * @param http where to listen
 * @param database the truth; the server does not close it
 * @param gate lets requests in
 * @param authorizer decides by policy
 * @param quotas limits projects
 * @param plugins the core plugin first
 * @param features every part of the API, in the order in which their hooks run
 * @param closing what to close with the server, after the plugins
 * @param options what the operator chose about the API
 * @param notifier tells of changes, null to tell nobody; closed with the server
 * @param edge what stands before everything else: CORS, proxies
 */
public record Components(
    HttpSettings http,
    Database database,
    Gate gate,
    Authorizer authorizer,
    Quotas quotas,
    List<Plugin> plugins,
    List<Feature> features,
    List<AutoCloseable> closing,
    ApiOptions options,
    @Nullable Notifier notifier,
    UnaryOperator<Handler> edge) {}
