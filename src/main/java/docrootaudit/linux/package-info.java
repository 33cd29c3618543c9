/**
 * Native doors of Linux as Java types: directories by file descriptor, ACLs from extended attributes, mounts, accounts
 * through the name service, processes.
 *
 * <p>System calls are reached by direct-mapped JNA with addresses and numbers only. It imports {@code access} for the
 * values and {@code walk} for the doors it opens.
 */
package docrootaudit.linux;
