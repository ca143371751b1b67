/**
 * Who may do what: the rule language of oslo.policy with Neutron's own checks, the default rules of
 * the Zed release, and the operator's overrides. Called by the API pipeline before an operation and
 * when it shows a resource.
 *
 * <p>Rules are parsed once into {@link org.midonet.neutron.policy.Check} trees. For a caller each
 * rule in use is reduced once to what still depends on the target ({@link
 * org.midonet.neutron.policy.Residual}), which is often nothing, so that a long list costs a
 * comparison or two for each of its objects.
 */
@NullMarked
package org.midonet.neutron.policy;

import org.jspecify.annotations.NullMarked;
