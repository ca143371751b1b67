/** The seam between the API and the domain packages: services, sessions and changes. */
@NullMarked
package org.midonet.neutron.service;

import org.jspecify.annotations.NullMarked;
