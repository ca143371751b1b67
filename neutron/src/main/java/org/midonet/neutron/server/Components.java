package org.midonet.neutron.server;

import java.util.List;
import org.midonet.neutron.api.Authorizer;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.api.Quotas;
import org.midonet.neutron.http.HttpSettings;
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
 * @param maxLimit most items on a page, 0 for any number
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
    int maxLimit) {}
