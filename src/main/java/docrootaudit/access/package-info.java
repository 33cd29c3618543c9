/**
 * The heart: a principal, an inode's attributes and a need go in, a verdict that carries its proof comes out.
 *
 * <p>Everything here is a value or a pure function: no file is touched, no name is looked up, no clock is read.
 * The rules are the Linux kernel's ({@code fs/namei.c}, {@code fs/posix_acl.c}); where the manual pages tell a
 * different story the kernel wins and the place says so. This package imports nothing else of the product.
 */
package docrootaudit.access;
