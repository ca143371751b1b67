/** Security groups and their rules, the default group of each project, and the groups of ports. */
@NullMarked
package org.midonet.neutron.securitygroup;

import org.jspecify.annotations.NullMarked;
