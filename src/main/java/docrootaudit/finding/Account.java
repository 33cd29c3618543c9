package docrootaudit.finding;

import docrootaudit.access.Principal;

/**
 * An account of this host, as the name service lists it.
 *
 * @param name login name
 * @param principal its uid, gid and supplementary groups
 */
public record Account(String name, Principal principal) {}
